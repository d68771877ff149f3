"""What is known of one image beyond its name: the value that facts rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.digest import Digest
    from bedplate.model.manifest import Index, Manifest
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Served:
    """A manifest or index as a registry served it.

    Args:
        digest: of the bytes.
        document: what they say.
    """

    digest: Digest
    document: Manifest | Index


@dataclass(frozen=True, slots=True)
class Ending:
    """When support of something in the image ends.

    Args:
        end: of what, and when.
        shown_by: how we know that the image has it, with the date when from the catalog.
    """

    end: EndOfLife
    shown_by: str


@dataclass(frozen=True, slots=True)
class Measured:
    """An image and its sizes.

    Args:
        name: as people write it: `node:20-alpine`.
        tag: its tag.
        disk_size: bytes of its files; None when not known.
        compressed_size: bytes of its layers as they are sent; None when not known.
        rounded: bytes that the disk size is rounded to; 1 = exact.
        libcs: names of its C libraries; None when not known.
        shown_by: who measured, and when.
    """

    name: str
    tag: str = ""
    disk_size: int | None = None
    compressed_size: int | None = None
    rounded: int = 1
    libcs: tuple[str, ...] | None = None
    shown_by: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """When the image of a tag was built.

    Args:
        created: ISO date; set by whoever built it.
        as_of: ISO date on which the tag stood for that image; empty for today.
        shown_by: where the date stands.
    """

    created: str
    as_of: str = ""
    shown_by: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the registry or the catalog say of one image; None and empty mean "not known".

    Args:
        reference: the image.
        answers: one line for each question that was answered: what, by whom, and what they
            said; rules hand them on as the evidence of a violation.
        by_tag: what the tag stands for today; None too when nobody was asked.
        by_digest: what the digest of the reference stands for.
        gone: the digest of the reference is not in the registry.
        missing_child: an entry of the index that the registry does not have.
        index_of_pin: digest of the index that lists the digest of the reference.
        platforms: what the image is made for.
        endings: of the release and the runtimes.
        built: when the image of the tag was built.
        size: of the image.
        variants: images of the same version, built otherwise, with a size.
        catalog_date: ISO date of the catalog's answer; empty when it was not needed.
        unasked: what could not be found out, and why.
    """

    reference: Reference
    answers: tuple[str, ...] = ()
    by_tag: Served | None = None
    by_digest: Served | None = None
    gone: bool = False
    missing_child: Digest | None = None
    index_of_pin: Digest | None = None
    platforms: tuple[Platform, ...] | None = None
    endings: tuple[Ending, ...] = ()
    built: Built | None = None
    size: Measured | None = None
    variants: tuple[Measured, ...] = ()
    catalog_date: str = ""
    unasked: tuple[str, ...] = ()

    @property
    def served(self) -> Served | None:
        """What a pull of the reference gets: the digest where there is one, else the tag."""
        return self.by_digest if self.reference.digest else self.by_tag
