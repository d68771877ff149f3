"""Which distribution an SBOM is of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.distros.identify import WANTS, identify
from bedplate.inventory.single_file import SingleFileTree
from bedplate.model.package_url import parse_package_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.package_url import PackageUrl

_WORD = re.compile(r"[A-Za-z0-9._+~-]{0,60}")
_SYSTEMS = ("deb", "apk", "rpm", "alpm")
# vendors in package URLs, and names that tools give, which os-release names otherwise
_IDS = {
    "redhat": "rhel",
    "red hat enterprise linux": "rhel",
    "alma": "almalinux",
    "amazon": "amzn",
    "oracle": "ol",
    "opensuse": "opensuse-leap",
    "opensuse.leap": "opensuse-leap",
    "opensuse.tumbleweed": "opensuse-tumbleweed",
    "suse linux enterprise server": "sles",
}
_ENOUGH = 2000  # packages that are asked


def distro_of(key: str, version: str, purls: Iterable[str]) -> DistroRelease | None:
    """Name the distribution as a root file system with these fields would be named.

    Args:
        key: id or name that the document states; may be empty.
        version: of the release; may be empty.
        purls: package URLs, which carry a distribution and its release.

    Returns:
        None when nothing says so.
    """
    if not key or not version:
        found = _stated_by_packages(purls)
        if not key or found[0] == _identifier(key):
            key, version = found[0] or key, version or found[1]
    key = _identifier(key)
    if not key or not _WORD.fullmatch(key) or not _WORD.fullmatch(version):
        return None
    text = f'ID={key}\nVERSION_ID="{version}"\n'
    release = identify(SingleFileTree("etc/os-release", text.encode(), WANTS))
    return replace(release, evidence="SBOM")


def _identifier(key: str) -> str:
    return _IDS.get(key.lower(), key.lower())


def _stated_by_packages(purls: Iterable[str]) -> tuple[str, str]:
    """Take what most packages of the system say; third-party ones may say something else."""
    counts: Counter[tuple[str, str]] = Counter()
    for purl, _ in zip(purls, range(_ENOUGH), strict=False):
        url = parse_package_url(purl)
        if url is not None and url.type in _SYSTEMS:
            counts[_stated(url)] += 1
    found = sorted(counts, key=lambda one: (one[1] == "", -counts[one], one))
    return found[0] if found else ("", "")


def _stated(url: PackageUrl) -> tuple[str, str]:
    """Read `distro=debian-12`, or `os_name` and `os_version`; else the vendor alone."""
    qualifier = url.qualifier("distro")
    name, dash, version = qualifier.rpartition("-")
    if dash and name:
        return _identifier(name), version
    name = url.qualifier("os_name")
    if name:
        return _identifier(name), url.qualifier("os_version")
    return _identifier(qualifier or url.namespace), ""
