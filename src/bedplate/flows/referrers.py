"""SBOMs and VEX documents that somebody attached to an image in a registry or a layout.

They are found by the referrers API or its tags, and by the tags of cosign; see
`Content.referrers`. Their signatures are not checked, which the evidence says.

Source: distribution-spec, "Listing Referrers"; cosign, specs/ATTESTATION_SPEC.md and
SBOM_SPEC.md; sigstore, "Attestations as OCI 1.1 referrers".
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.attestations import read_blob
from bedplate.flows.in_toto import PAYLOAD, read_statement
from bedplate.flows.inspected import Statement
from bedplate.model.documents import parse_document
from bedplate.model.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bedplate.images.image import OpenedImage
    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest


class Wanted(StrEnum):
    """What is looked for."""

    SBOM = "SBOM"
    VEX = "VEX document"


_BARE: Mapping[Wanted, frozenset[str]] = {
    Wanted.SBOM: frozenset(
        (
            "application/spdx+json",
            "text/spdx+json",
            "spdx+json",
            "application/vnd.cyclonedx+json",
            "application/vnd.cyclonedx",
            "application/vnd.syft+json",
        )
    ),
    Wanted.VEX: frozenset(
        ("application/vnd.openvex+json", "application/openvex+json", "application/csaf+json")
    ),
}
_PREDICATES: Mapping[Wanted, tuple[str, ...]] = {
    Wanted.SBOM: ("https://spdx.dev/Document", "https://cyclonedx.org/bom"),
    Wanted.VEX: ("https://openvex.dev/ns",),
}
_ENVELOPES = ("application/vnd.dsse.envelope", "application/vnd.dev.sigstore.bundle", PAYLOAD)
_SIGNATURES = ("application/vnd.cncf.notary", "application/vnd.dev.cosign.artifact.sig")
# annotations that name the predicate: sigstore bundles, cosign's layers, BuildKit's layers
_NAMES = ("dev.sigstore.bundle.predicateType", "predicateType", "in-toto.io/predicate-type")
_MOST = 50  # manifests that are looked into


def referred(
    opened: OpenedImage, digest: Digest | None, wanted: Wanted, notify: Callable[[str], None]
) -> Iterator[Statement]:
    """Read what is attached to an image: one request to list, then two for each that fits.

    Args:
        opened: where the image is.
        digest: of its manifest, or of the index that has it.
        wanted: what is looked for.
        notify: told why nothing could be listed.
    """
    if digest is None or opened.content.synthetic:
        return
    try:
        found = opened.content.referrers(digest)
    except BedplateError as error:
        notify(f"{opened.content.name}: what is attached to it can't be listed: {error.message}")
        return
    for descriptor in [one for one in found if _may_hold(one, wanted)][:_MOST]:
        manifest = _manifest(opened, descriptor)
        for layer in manifest.layers if manifest else ():
            if _may_be(layer, wanted):
                yield from _read(opened, layer, digest, wanted)


def _may_hold(descriptor: Descriptor, wanted: Wanted) -> bool:
    """Tell by a descriptor alone whether a manifest is worth a request."""
    kind = descriptor.artifact_type
    if kind.startswith(_SIGNATURES) or any(
        kind in types for other, types in _BARE.items() if other is not wanted
    ):
        return False
    return not _names_other(descriptor.annotations, wanted)


def _may_be(layer: Descriptor, wanted: Wanted) -> bool:
    kind = layer.media_type
    fits = kind in _BARE[wanted] or kind.startswith(_ENVELOPES)
    return fits and not _names_other(layer.annotations, wanted)


def _names_other(annotations: Mapping[str, str], wanted: Wanted) -> bool:
    named = next((annotations[name] for name in _NAMES if name in annotations), "")
    return bool(named) and not named.startswith(_PREDICATES[wanted])


def _manifest(opened: OpenedImage, descriptor: Descriptor) -> Manifest | None:
    try:
        document = opened.content.document(descriptor)
        parsed = parse_document(document.content, document.media_type)
    except BedplateError:
        return None
    return parsed if isinstance(parsed, Manifest) else None


def _read(
    opened: OpenedImage, layer: Descriptor, digest: Digest, wanted: Wanted
) -> Iterator[Statement]:
    """Read one; a statement about another image is left out, whoever attached it."""
    content = read_blob(opened, layer)
    if content is None:
        return
    if layer.media_type in _BARE[wanted]:
        yield Statement(layer.media_type, content, str(layer.digest), "referrer, not signed")
        return
    try:
        statement = read_statement(content)
    except BedplateError:
        return
    if statement.predicate_type.startswith(_PREDICATES[wanted]) and statement.is_about(digest):
        how = "signature not verified" if statement.signed else "not signed"
        yield Statement(
            statement.predicate_type, statement.content, str(layer.digest), f"referrer, {how}"
        )
