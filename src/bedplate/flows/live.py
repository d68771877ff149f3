"""An image as it is now: its documents, and what the cheapest source knows of its layers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound, PlatformNotFound
from bedplate.facts.complete import complete
from bedplate.flows import examine
from bedplate.flows.attestations import statements
from bedplate.flows.attested_sbom import ATTESTATION, attested_sbom
from bedplate.flows.inspected import Inspected
from bedplate.flows.known_parts import with_known_parts
from bedplate.flows.provenance import attested_bases
from bedplate.flows.referrers import Wanted, referred
from bedplate.images.image import Image, OpenedImage
from bedplate.images.image_name import REGISTRY, ImageName
from bedplate.images.opening import open_image, select_platforms
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from bedplate.flows.inspected import Statement
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts, BaseMatch


_OPENVEX = "https://openvex.dev/ns"


def live_facts(name: ImageName, session: Session, *, vex: bool = False) -> list[Inspected]:
    """Open an image and tell what it is, one row per platform asked for.

    Args:
        name: scheme and location.
        session: means and permissions of this run.
        vex: read attested VEX documents too.

    Raises:
        BedplateError: there is no such image, it is damaged, or it can't be had.
    """
    rows = []
    with open_image(name, session.access) as opened:
        for image in _select(opened, session):
            facts = _finished(image, opened, _row(image, opened, name, session), session)
            said: tuple[Statement, ...] = ()
            if vex and isinstance(opened, OpenedImage):
                said = _vex(opened, image, session)
            rows.append(Inspected(facts, said))
    return rows


def _vex(opened: OpenedImage, image: Image, session: Session) -> tuple[Statement, ...]:
    """Read what is said of vulnerabilities, of this image or of the index that has it."""
    found = {one.digest: one for one in statements(opened, image, _OPENVEX)}
    for digest in (image.manifest_digest, image.index_digest):
        for one in referred(opened, digest, Wanted.VEX, session.notify):
            found.setdefault(one.digest, one)
    return tuple(found.values())


def _finished(
    image: Image, opened: OpenedImage | Image, facts: BaseFacts, session: Session
) -> BaseFacts:
    """Add the ends of life and the bases that the image stands on."""
    annotations = dict(facts.labels or ())
    annotations.update(image.manifest.annotations if image.manifest else {})
    stated: tuple[BaseMatch, ...] = ()
    if session.pull and isinstance(opened, OpenedImage):
        stated = attested_bases(opened, image)
    return complete(facts, session.catalog, session.today, annotations, stated)


def _select(opened: OpenedImage | Image, session: Session) -> tuple[Image, ...]:
    """Choose the images of the platforms wanted; a mere default gives way to what is there."""
    try:
        return select_platforms(opened, session.platform, everything=session.all_platforms)
    except PlatformNotFound:
        if session.platform_asked or isinstance(opened, Image) or not opened.platforms():
            raise
        there = opened.platforms()
        usual = Platform("linux", "amd64")
        platform = usual if usual in there else there[0]
        name = opened.content.name
        session.notify(f"{name}: not made for {session.platform}; showing {platform}")
        return (opened.select(platform),)


def _row(image: Image, opened: OpenedImage | Image, name: ImageName, session: Session) -> BaseFacts:
    facts = replace(
        examine.from_documents(image),
        name=str(name),
        reference=str(Reference.parse(name.location)) if name.scheme == REGISTRY else None,
        origin="registry" if name.scheme == REGISTRY else name.scheme,
        observed=session.today.isoformat(),
    )
    if session.inventory_from == ATTESTATION:
        return _attested(image, opened, facts, session)
    known = examine.cached_facts(image, session)
    if known is not None:
        return _merge(facts, known, "cache")
    if (known := _in_catalog(facts, session)) is not None:
        return _merge(facts, known, "catalog")
    if session.inventory_from == "auto" and (
        known := attested_sbom(opened, image, facts, session.notify)
    ):
        return known
    if session.pull or image.folder is not None:
        facts = examine.from_layers(image, facts, session)
        examine.store_facts(image, facts, session)
    return facts


def _attested(
    image: Image, opened: OpenedImage | Image, facts: BaseFacts, session: Session
) -> BaseFacts:
    found = attested_sbom(opened, image, facts, session.notify)
    if found is None:
        raise ImageNotFound(
            f"{image.name}: nobody attested an SBOM", "use --from layers to read its layers"
        )
    return found


def _in_catalog(facts: BaseFacts, session: Session) -> BaseFacts | None:
    """Look the manifest up in the catalog, by digest: a tag may have moved."""
    if facts.manifest_digest is None:
        return None
    known = session.catalog.by_digest(facts.manifest_digest, session.platform)
    # facts of another build of the tag are good offline, and no answer here
    whole = known is not None and known.packages is not None and not known.skipped
    return with_known_parts(known) if known is not None and whole else None


def _merge(facts: BaseFacts, known: BaseFacts, origin: str) -> BaseFacts:
    """Take what is in the layers from `known`, all else from what was just served."""
    return replace(
        facts,
        depth=known.depth,
        origin=f"{facts.origin}, {origin}",
        disk_size=known.disk_size,
        disk_size_precision=known.disk_size_precision,
        layers=known.layers if known.depth == "layers" else facts.layers,
        distro=known.distro,
        libcs=known.libcs,
        shells=known.shells,
        package_managers=known.package_managers,
        runtimes=known.runtimes if known.runtimes is not None else facts.runtimes,
        certificates=known.certificates,
        time_zones=known.time_zones,
        parts=known.parts,
        packages=known.packages,
        skipped=known.skipped,
    )
