"""OSV.dev: language ecosystems, and distributions that publish there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "osv"
TITLE = "OSV.dev"
LICENCE = "of each source: CC-BY-4.0, CC0-1.0, MIT, BSD-3-Clause, Apache-2.0"
REDISTRIBUTABLE = True
CADENCE = "minutes to hours"

_HOST = "https://storage.googleapis.com/osv-vulnerabilities"
# store, or its name before the release -> folder
_FOLDERS = {
    "npm": "npm",
    "pypi": "PyPI",
    "maven": "Maven",
    "gem": "RubyGems",
    "cargo": "crates.io",
    "composer": "Packagist",
    "nuget": "NuGet",
    "bitnami": "Bitnami",
    "almalinux": "AlmaLinux",
    "rocky": "Rocky%20Linux",
}


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the archive of an ecosystem."""
    folder = _FOLDERS.get(store.partition("-")[0])
    return (FeedDocument(f"{_HOST}/{folder}/all.zip"),) if folder else ()
