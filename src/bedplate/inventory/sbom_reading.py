"""Bytes -> what an SBOM says, in whatever format and wrapping it comes."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from bedplate.errors import InvalidDocument
from bedplate.inventory.sbom_document import SbomHead, decode, is_there, unknown_format
from bedplate.inventory.sbom_formats import SBOM_FORMATS

if TYPE_CHECKING:
    from bedplate.model.sbom import Sbom

_WRAPPINGS = 3  # an envelope, a statement, the document
_PREDICATES = ("https://spdx.dev/Document", "https://cyclonedx.org/")


class _Subject(msgspec.Struct):
    name: str | None = None
    digest: dict[str, str] | None = None


def read_sbom(content: bytes, where: str = "SBOM") -> Sbom:
    """Read an SBOM: CycloneDX, SPDX or syft JSON, alone or attested.

    Args:
        content: JSON, at most 512 MiB; an in-toto statement or a DSSE envelope around it is
            taken off, its signature is not looked at.
        where: named in errors.

    Raises:
        InvalidDocument: not JSON, not an SBOM, or one that breaks its format: names the field.
        LimitExceeded: too large.
    """
    return _read(content.removeprefix(b"\xef\xbb\xbf"), where, _WRAPPINGS)


def _read(content: bytes, where: str, wrappings: int) -> Sbom:
    head = decode(content, SbomHead, where)
    for entry in SBOM_FORMATS:
        if entry.recognises(head):
            return entry.read(content, where)
    if wrappings > 1 and head.payloadType == "application/vnd.in-toto+json":
        return _read(_payload(head, where), f"{where}: payload", wrappings - 1)
    kind = head.predicateType
    if wrappings > 1 and isinstance(kind, str) and kind.startswith(_PREDICATES):
        found = _read(bytes(head.predicate), f"{where}: predicate", wrappings - 1)
        return _about(found, head, where)
    raise unknown_format(where)


def _payload(head: SbomHead, where: str) -> bytes:
    text = decode(head.payload, str, f"{where}: payload")
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidDocument(f"{where}: field payload: not base64") from error


def _about(found: Sbom, head: SbomHead, where: str) -> Sbom:
    """Take name and digest from the statement, whose subject is the image itself."""
    if not is_there(head.subject):
        return found
    subjects = decode(head.subject, list[_Subject], f"{where}: subject")
    digests = [(one.digest or {}).get("sha256", "") for one in subjects]
    stated = next((f"sha256:{one}" for one in digests if one), "")
    name = found.name or next((one.name for one in subjects if one.name), "") or ""
    return replace(found, name=name, digest=stated or found.digest)
