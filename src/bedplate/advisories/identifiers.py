"""Ids of advisories: who gave them out, and which are names of one vulnerability."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CVE = re.compile(r"CVE-\d{4}-\d{4,19}")
_WRITTEN = re.compile(r"CVE[-_](\d{4})[-_](\d{4,19})")
_MAX_ID = 100
_MAX_NAMES = 2_000  # of one advisory; the largest errata of kernels cover some 900 CVEs

# prefix of the id -> feed
_FEEDS = {
    "ALAS": "amazon",
    "ALBA": "almalinux",
    "ALEA": "almalinux",
    "ALPINE": "alpine",
    "ALSA": "almalinux",
    "BIT": "bitnami",
    "CGA": "chainguard",
    "CURL": "curl",
    "DEBIAN": "debian",
    "DLA": "debian",
    "DSA": "debian",
    "DTSA": "debian",
    "FEDORA": "fedora",
    "GHSA": "ghsa",
    "GO": "govulndb",
    "LSN": "ubuntu",
    "MAL": "ossf",
    "NODE": "nodejs",
    "PSF": "psf",
    "PYSEC": "pypa",
    "RHBA": "redhat",
    "RHEA": "redhat",
    "RHSA": "redhat",
    "RLSA": "rocky",
    "RUSTSEC": "rustsec",
    "RXSA": "rocky",
    "UBUNTU": "ubuntu",
    "USN": "ubuntu",
}
# these announce fixed packages, and with them any number of vulnerabilities
_ERRATA = {
    *("ALAS", "ALBA", "ALEA", "ALSA", "DLA", "DSA", "DTSA", "FEDORA", "LSN"),
    *("RHBA", "RHEA", "RHSA", "RLSA", "RXSA", "USN"),
}


def prefix_of(advisory: str) -> str:
    """Give the letters that an id begins with: `RHSA`, `ALAS` of `ALAS2023-2024-500`."""
    found = re.match(r"[A-Za-z]+", advisory)
    return found[0].upper() if found else ""


def feed_of(advisory: str, default: str) -> str:
    """Name the feed that gave out an id; `default` when the id does not tell."""
    return _FEEDS.get(prefix_of(advisory), default)


def is_erratum(advisory: str) -> bool:
    """Tell whether an id is that of an update, which may close many vulnerabilities."""
    return prefix_of(advisory) in _ERRATA


def usable(advisory: str) -> bool:
    """Tell whether a stranger's text can be shown and stored as an id."""
    return 0 < len(advisory) <= _MAX_ID and advisory.isprintable() and " " not in advisory


def split_names(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part CVE ids from other names, each sorted and once.

    Args:
        names: ids as feeds write them; `CVE_2019-0001` counts as a CVE id too.

    Returns:
        CVE ids, and the other names.
    """
    cves: set[str] = set()
    others: set[str] = set()
    for name in names:
        written = _WRITTEN.fullmatch(name.strip().upper())
        if written:
            cves.add(f"CVE-{written[1]}-{written[2]}")
        elif usable(name):
            others.add(name)
    return tuple(sorted(cves)[:_MAX_NAMES]), tuple(sorted(others)[:_MAX_NAMES])
