"""Answers to manifest requests -> verified documents and descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import DigestMismatch, InvalidDigest, RegistryError
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.document import Document
from bedplate.model.media_types import INDEXES, MANIFESTS, SCHEMA1
from bedplate.model.oci_json import MAX_DOCUMENT_BYTES
from bedplate.registry.answers import is_web_page, web_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.support.http_response import Response

_KNOWN = MANIFESTS | INDEXES | SCHEMA1
_DIGEST_HEADER = "Docker-Content-Digest"


def read_manifest(response: Response, wanted: Digest | None, name: str) -> Document:
    """Read the body of a manifest answer and verify it.

    Args:
        response: of status 200; its connection is let go.
        wanted: the digest asked for; None for a tag, when the registry's word is checked.
        name: the image, for messages.

    Raises:
        DigestMismatch: the bytes are not those of the digest.
        RegistryError: a web page, or a digest header that is none.
        LimitExceeded: longer than a manifest may be.
    """
    content = response.document(MAX_DOCUMENT_BYTES)
    if is_web_page(response, content):
        raise web_page(response)
    said = _said_digest(response, name)
    digest = wanted or said
    if digest is None:
        digest = Digest.of(content)
    elif Digest.of(content, digest.algorithm) != digest:
        raise DigestMismatch(
            f"{name}: {response.origin.name} serves bytes that are not those of {digest}",
            "the registry, a mirror or a proxy serves damaged content",
        )
    modified = response.headers.get("Last-Modified", "")
    return Document(content, media_type_of(response.headers), digest, modified)


def read_head(response: Response, wanted: Digest | None, name: str) -> Descriptor | None:
    """Read the headers of a HEAD answer; None when they do not say enough.

    Raises:
        DigestMismatch: the registry has another digest than was asked for.
        RegistryError: a web page, or a digest header that is none.
    """
    response.discard()
    if is_web_page(response, b""):
        raise web_page(response)
    said = _said_digest(response, name)
    length = response.headers.get("Content-Length", "")
    media_type = media_type_of(response.headers)
    if said is None or not media_type or not length.isdecimal() or len(length) > 9:
        return None
    if wanted is not None and wanted.algorithm == said.algorithm and wanted != said:
        raise DigestMismatch(f"{name}: {response.origin.name} answers with {said} instead")
    return Descriptor(media_type, wanted or said, int(length))


def media_type_of(headers: Mapping[str, str]) -> str:
    """Give the media type, empty when it is none of a manifest.

    A registry may serve manifests as `application/json` or `text/plain`; what they are is
    then told by the document itself.
    """
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind if kind in _KNOWN else ""


def _said_digest(response: Response, name: str) -> Digest | None:
    text = response.headers.get(_DIGEST_HEADER, "").strip()
    if not text:
        return None
    try:
        return Digest.parse(text)
    except InvalidDigest as error:
        raise RegistryError(
            f"{name}: {response.origin.name} answers with a malformed {_DIGEST_HEADER} header"
        ) from error
