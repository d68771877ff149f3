"""What an SBOM tells of an image: one that the builder attested, or one in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, ImageNotFound, LimitExceeded
from bedplate.facts.complete import complete
from bedplate.flows.attestations import statements
from bedplate.flows.referrers import Wanted, referred
from bedplate.images.image import OpenedImage
from bedplate.inventory.sbom_reading import read_sbom
from bedplate.model.base_facts import BaseFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.flows.inspected import Statement
    from bedplate.flows.session import Session
    from bedplate.images.image import Image
    from bedplate.images.image_name import ImageName
    from bedplate.model.sbom import Sbom

ATTESTATION = "attestation"
MAX_SBOM = 512 * 1024 * 1024
_PREDICATES = ("https://spdx.dev/Document", "https://cyclonedx.org/bom")


def attested_sbom(
    opened: OpenedImage | Image,
    image: Image,
    facts: BaseFacts,
    notify: Callable[[str], None],
) -> BaseFacts | None:
    """Take the packages from the SBOM beside an image; None when there is none to be read.

    The builder's own, in the index, comes before what others attached.

    Args:
        opened: what the image was picked from.
        image: the image for one platform.
        facts: what its documents tell.
        notify: told why what is attached could not be listed.
    """
    if not isinstance(opened, OpenedImage):
        return None
    for statement in _sboms(opened, image, notify):
        try:
            sbom = read_sbom(statement.content, f"SBOM of {image.name}")
        except BedplateError:
            continue  # the layers tell it all the same
        words = (facts.origin, statement.via, ATTESTATION)
        return replace(_with(facts, sbom), origin=", ".join(word for word in words if word))
    return None


def _sboms(opened: OpenedImage, image: Image, notify: Callable[[str], None]) -> Iterator[Statement]:
    for predicate in _PREDICATES:
        yield from statements(opened, image, predicate)
    yield from referred(opened, image.manifest_digest, Wanted.SBOM, notify)


def facts_of_sbom(name: ImageName, session: Session) -> BaseFacts:
    """Read an SBOM file.

    Args:
        name: its path.
        session: catalog and day.

    Raises:
        ImageNotFound: no such file.
        InvalidDocument: not an SBOM that bedplate reads.
        LimitExceeded: larger than an SBOM may be.
    """
    path = Path(name.location)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SBOM + 1)
    except OSError as error:
        raise ImageNotFound(f"{path}: {error.strerror or error}") from error
    if len(content) > MAX_SBOM:
        raise LimitExceeded(f"{path} is larger than {MAX_SBOM // 1024**2} MiB")
    sbom = read_sbom(content, str(path))
    facts = BaseFacts(
        str(name),
        origin="sbom",
        observed=session.today.isoformat(),
        source=str(path),
        manifest_digest=sbom.digest or None,
    )
    return complete(_with(facts, sbom), session.catalog, session.today)


def _with(facts: BaseFacts, sbom: Sbom) -> BaseFacts:
    return replace(
        facts,
        depth="sbom",
        distro=sbom.distro,
        packages=sbom.packages,
        runtimes=sbom.runtimes or facts.runtimes,
        skipped=sbom.skipped,
    )
