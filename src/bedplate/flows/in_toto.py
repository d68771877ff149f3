"""In-toto statements, out of whatever signature envelope they come in.

Signatures are not checked here: whoever may push to the repository may have attached them.

Source: in-toto attestation framework, statement v0.1 and v1; DSSE, envelope.md; sigstore
bundle, sigstore_bundle.proto.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from bedplate.model.digest import Digest

PAYLOAD = "application/vnd.in-toto+json"
_WRAPPINGS = 3  # a bundle, an envelope, the statement
_MAX_SUBJECTS = 10_000


class InToto(NamedTuple):
    """A statement.

    Args:
        predicate_type: URI that says what it states.
        content: the statement as JSON.
        subjects: SHA-256, in hex, of what it is about.
        signed: whether it came in an envelope with signatures.
    """

    predicate_type: str
    content: bytes
    subjects: frozenset[str]
    signed: bool

    def is_about(self, digest: Digest | None) -> bool:
        """Tell whether a digest is among its subjects."""
        return digest is not None and digest.hex in self.subjects


def read_statement(content: bytes) -> InToto:
    """Read a statement: bare, in a DSSE envelope, or in a sigstore bundle with one.

    Args:
        content: JSON.

    Raises:
        InvalidDocument: not JSON, or none of these.
    """
    signed = False
    for _ in range(_WRAPPINGS):
        document = _decode(content)
        if "predicateType" in document:
            return InToto(_text(document["predicateType"]), content, _subjects(document), signed)
        envelope = document.get("dsseEnvelope", document)
        if not isinstance(envelope, dict) or envelope.get("payloadType") != PAYLOAD:
            break
        signed = signed or bool(envelope.get("signatures"))
        content = _payload(envelope)
    raise InvalidDocument("no in-toto statement")


def _decode(content: bytes) -> dict[str, Any]:
    try:
        document = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument("an attestation that is not JSON") from error
    if not isinstance(document, dict):
        raise InvalidDocument("an attestation that is no JSON object")
    return document


def _payload(envelope: dict[str, Any]) -> bytes:
    try:
        return b64decode(_text(envelope.get("payload")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidDocument("an attestation whose payload is not base64") from error


def _subjects(document: dict[str, Any]) -> frozenset[str]:
    subjects = document.get("subject")
    found = set()
    for subject in subjects[:_MAX_SUBJECTS] if isinstance(subjects, list) else ():
        digests = subject.get("digest") if isinstance(subject, dict) else None
        if isinstance(digests, dict):
            found.add(_text(digests.get("sha256")))
    return frozenset(found - {""})


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
