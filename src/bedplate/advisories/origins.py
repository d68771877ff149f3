"""Who publishes advisories, and on which terms."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """A publisher.

    Args:
        title: for people.
        licence: SPDX expression, or the terms in a few words.
        redistributable: whether copies may be handed on.
    """

    title: str
    licence: str
    redistributable: bool = True


# by the name in `Advisory.feed` and `Rating.source`
ORIGINS = {
    "almalinux": Origin("AlmaLinux errata", "MIT"),
    "alpine": Origin("Alpine secdb", "none stated"),
    "amazon": Origin("Amazon Linux Security Center", "none stated", redistributable=False),
    "bitnami": Origin("Bitnami vulnerability database", "Apache-2.0"),
    "chainguard": Origin(
        "Chainguard and Wolfi advisories", "CC-BY-NC-ND-4.0", redistributable=False
    ),
    "curl": Origin("curl advisories", "curl"),
    "debian": Origin("Debian security tracker", "none stated"),
    "epss": Origin("EPSS, by FIRST", "free use with attribution"),
    "fedora": Origin("Fedora updates", "none stated", redistributable=False),
    "friendsofphp": Origin("FriendsOfPHP security advisories", "Unlicense"),
    "ghsa": Origin("GitHub Advisory Database", "CC-BY-4.0"),
    "govulndb": Origin("Go vulnerability database", "CC-BY-4.0"),
    "kev": Origin("CISA Known Exploited Vulnerabilities", "CC0-1.0"),
    "nodejs": Origin("Node.js security working group", "MIT"),
    "nvd": Origin("National Vulnerability Database", "public domain"),
    "openssl": Origin("OpenSSL release metadata", "Apache-2.0"),
    "psf": Origin("Python Software Foundation", "CC-BY-4.0"),
    "pypa": Origin("PyPA advisory database", "CC-BY-4.0"),
    "redhat": Origin("Red Hat Product Security", "CC-BY-4.0"),
    "rocky": Origin("Rocky Linux errata", "BSD-3-Clause"),
    "rubysec": Origin("ruby-advisory-db", "public domain, older rows from OSVDB"),
    "rustsec": Origin("RustSec advisory database", "CC0-1.0"),
    "ubuntu": Origin("Ubuntu CVE tracker", "CC-BY-SA-4.0"),
    "wolfi": Origin("Wolfi advisories", "CC-BY-NC-ND-4.0", redistributable=False),
}
_UNKNOWN = Origin("", "not stated", redistributable=False)


def origin_of(feed: str) -> Origin:
    """Give the terms of a feed; nobody may hand on what comes from one that is not known."""
    return ORIGINS.get(feed, _UNKNOWN)
