"""Whose word counts for the gravity of a finding: two readings, never mixed.

`vendor` takes the word of whoever made the package, `cvss` the score of a named source. Both are
the same for every image, so that the counts of two images can be laid side by side.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.model.rating import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.rating import Rating

VENDOR, CVSS = "vendor", "cvss"
READINGS = (VENDOR, CVSS)

# Who speaks for a namespace, first come first served; the front of its name decides.
_VENDORS = (
    ("deb:debian", ("debian",)),
    ("deb:ubuntu", ("ubuntu",)),
    ("rpm:rhel", ("redhat",)),
    ("rpm:almalinux", ("almalinux", "redhat")),
    ("rpm:rocky", ("rocky", "redhat")),
    ("rpm:amazon", ("amazon",)),
    ("rpm:fedora", ("fedora", "redhat")),
    ("apk:alpine", ("alpine",)),
    ("apk:", ("wolfi", "chainguard")),
    ("cargo", ("ghsa", "rustsec")),
    ("composer", ("ghsa", "friendsofphp")),
    ("gem", ("ghsa", "rubysec")),
    ("golang", ("ghsa", "govulndb")),
    ("bitnami", ("bitnami",)),
    ("runtime", ("nodejs", "psf", "rubysec")),
    ("cpe", ("nodejs", "psf", "openssl", "curl", "nginx")),
    ("", ("ghsa", "pypa")),
)
# CVSS: the neutral source first, then whoever reported it.
_SCORERS = ("nvd", "cna", "ghsa", "redhat", "bitnami", "osv")
# A v2 score is of another scale and counts only where nobody gave a newer one.
_CVSS_VERSIONS = ("CVSS:4", "CVSS:3.1", "CVSS:3.0", "CVSS:3", "")


@lru_cache(maxsize=65536)
def choose(ratings: tuple[Rating, ...], namespace: str, reading: str) -> Rating | None:
    """Give the rating that counts; None when nobody says anything.

    Args:
        ratings: every statement on one vulnerability.
        namespace: of the package that has it.
        reading: `vendor`: of the vendor of the package by its own scale, else its score, else
            as for `cvss`, else anybody's word. `cvss`: NVD's score, else that of the reporter
            (CNA), GitHub, Red Hat, anybody; of one source the newest CVSS version (4.0, 3.1,
            3.0); a score of version 2 last of all.
    """
    rated = [rating for rating in ratings if rating.level is not Level.UNKNOWN]
    if reading == VENDOR:
        for vendor in vendors_of(namespace):
            own = [rating for rating in rated if rating.source == vendor]
            if own:
                return min(own, key=lambda rating: (rating.is_cvss, _cvss_rank(rating)))
    scored = [rating for rating in rated if rating.is_cvss]
    if scored:
        return min(scored, key=_cvss_rank)
    return None if reading == CVSS else min(rated, key=_source_rank, default=None)


def gravest_first(findings: Iterable[Finding], reading: str = VENDOR) -> tuple[Finding, ...]:
    """Sort findings: exploited ones, then by level and probability, then by name."""
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                not one.kev,
                -one.level(reading),
                -(one.epss or 0.0),
                one.component,
                one.vulnerability,
                one.version,
                one.bundled_in,
            ),
        )
    )


def vendors_of(namespace: str) -> tuple[str, ...]:
    """Give the sources that speak for a namespace, the first of them first."""
    return next(names for front, names in _VENDORS if namespace.startswith(front))


def _cvss_rank(rating: Rating) -> tuple[bool, int, str, int, float]:
    is_old = bool(rating.vector) and not rating.vector.startswith("CVSS:")
    version = next(
        number for number, front in enumerate(_CVSS_VERSIONS) if rating.vector.startswith(front)
    )
    return (is_old, *_source_rank(rating), version, -(rating.score or 0.0))


def _source_rank(rating: Rating) -> tuple[int, str]:
    known = rating.source in _SCORERS
    return (_SCORERS.index(rating.source) if known else len(_SCORERS), rating.source)
