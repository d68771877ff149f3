"""What a feed says of a vulnerability, and of one package that may have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.rating import Rating
    from bedplate.model.version_range import VersionRange


class Status(StrEnum):
    """What a feed says of a package and a vulnerability, in one vocabulary for all feeds."""

    AFFECTED = "affected"  # in the ranges: vulnerable, no more said
    FIXED = "fixed"  # in the ranges: vulnerable until the version that fixes it
    NOT_AFFECTED = "not-affected"  # never was, in this release
    WILL_NOT_FIX = "will-not-fix"
    DEFERRED = "deferred"  # no-dsa, postponed: affected, no fix planned for now
    UNIMPORTANT = "unimportant"  # affected in name: no security impact as shipped
    UNDER_INVESTIGATION = "under-investigation"  # needs-triage, undetermined
    END_OF_LIFE = "end-of-life"  # affected, and nobody looks any more


@dataclass(frozen=True, slots=True)
class Advisory:
    """One record of a feed.

    An erratum (RHSA, DSA, USN, ...) covers several vulnerabilities; these are not aliases of
    each other. Any other record is about one.

    Args:
        id: as the feed names it: `GHSA-...`, `DEBIAN-CVE-...`, `RHSA-2024:0001`.
        feed: name of the feed that it is from.
        cves: the CVE ids that it covers; empty when none was given out.
        aliases: other names of the one vulnerability that it is about, CVE ids left out;
            empty for an erratum.
        published, modified: ISO time; empty when not told.
        ratings: statements on its gravity.
        summary: one line; empty when the feed has none or forbids copies.
    """

    id: str
    feed: str
    cves: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    ratings: tuple[Rating, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class AffectedPackage:
    """A package of one release or ecosystem, as an advisory speaks of it.

    Args:
        namespace: whose versions these are: `deb:debian:12`, `deb:ubuntu:24.04`,
            `apk:alpine:3.22`, `apk:wolfi`, `rpm:rhel:9`, `rpm:almalinux:9`, `npm`, `pypi`,
            `golang`, `maven`, `gem`, `cargo`, `composer`, `nuget`, `bitnami`, `runtime`.
        name: name in that namespace, normalised as it says; deb and apk: the source package.
        status: what the feed says of versions inside the ranges.
        ranges: intervals of vulnerable versions; empty with `versions` empty: every version,
            or, with NOT_AFFECTED, none.
        versions: single versions that are vulnerable, whatever the ranges say.
        qualifiers: what must hold besides, or adds to the claim, sorted by name: `arch`,
            `module` (rpm stream), `repository`, `goos`, `pro`, `binaries`, `confidence`,
            `urgency`, `patched` (node ranges), `fix-date`, ...
    """

    namespace: str
    name: str
    status: Status = Status.AFFECTED
    ranges: tuple[VersionRange, ...] = ()
    versions: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()
