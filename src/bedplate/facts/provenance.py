"""Reads build provenance for the images that a build used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

import msgspec

from bedplate.errors import InvalidDocument
from bedplate.facts.codec import MAX_DOCUMENT, explain
from bedplate.facts.fingerprint import canonical
from bedplate.model.base_facts import BaseMatch

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MATERIALS = 10_000
_FRONTENDS = ("docker/dockerfile", "docker/dockerfile-upstream")


def bases_from_provenance(content: bytes) -> tuple[BaseMatch, ...]:
    """List the images that a build names as its materials; they are `stated`, not proven.

    Args:
        content: an in-toto statement with a SLSA predicate, v0.2 or v1, as JSON.

    Returns:
        each image once, in the order of the document; Dockerfile frontends are left out.
        Stages that were only copied from are materials too, so more than one is no chain.

    Raises:
        InvalidDocument: not JSON.

    Source: slsa.dev/spec/v0.2/provenance and v1.0/provenance; purl type `docker`.
    """
    if len(content) > MAX_DOCUMENT:
        raise InvalidDocument(f"provenance is larger than {MAX_DOCUMENT // 1024**2} MiB")
    try:
        statement = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"provenance: {explain(error)}") from error
    images = dict.fromkeys(_images(_field(statement, "predicate")))
    share = f", one of {len(images)} images of the build" if len(images) > 1 else ""
    return tuple(
        BaseMatch(reference, digest, "stated", f"provenance{share}") for reference, digest in images
    )


def _images(predicate: Any) -> Iterator[tuple[str, str]]:
    """Yield reference and digest of every material that is an image."""
    materials = _field(predicate, "materials")  # v0.2
    if not isinstance(materials, list):
        materials = _field(_field(predicate, "buildDefinition"), "resolvedDependencies")  # v1
    if not isinstance(materials, list):
        return
    for material in materials[:MAX_MATERIALS]:
        uri = _field(material, "uri")
        image = _parse_purl(uri) if isinstance(uri, str) else None
        if image is None:
            continue
        reference, digest = image
        sha256 = _field(_field(material, "digest"), "sha256")
        yield reference, digest or (f"sha256:{sha256}" if isinstance(sha256, str) else "")


def _parse_purl(uri: str) -> tuple[str, str] | None:
    """Read `pkg:docker/[HOST/]NAME@TAG?digest=sha256:...&platform=...`."""
    if not uri.startswith("pkg:docker/"):
        return None
    path, _, query = uri.removeprefix("pkg:docker/").partition("?")
    name, _, version = path.partition("@")
    name, version = unquote(name), unquote(version)
    if name in _FRONTENDS:
        return None
    digest = next(iter(parse_qs(query).get("digest", [])), "")
    if version.startswith("sha256:"):
        version, digest = "", version
    reference = canonical(f"{name}:{version}" if version else name)
    return (reference, digest) if reference else None


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
