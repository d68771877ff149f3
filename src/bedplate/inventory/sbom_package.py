"""A component of an SBOM -> a package: by its package URL, and what the tool says besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bedplate.model.package import Package
from bedplate.model.package_url import parse_package_url

if TYPE_CHECKING:
    from bedplate.model.package_url import PackageUrl

# What joins namespace and name in the spelling of the ecosystem.
_SEPARATORS = {"npm": "/", "golang": "/", "composer": "/", "maven": ":"}
# Package URLs of what an SBOM is about, not of what is in it.
IMAGES = frozenset({"oci", "docker"})
_SYSTEMS = frozenset({"deb", "apk", "rpm"})
_SOURCE_RPM = re.compile(r"(?P<name>.+)-(?P<version>[^-]+-[^-]+)\.(?:no)?src\.rpm")


def package_of(  # noqa: PLR0913 - one keyword per field of the noun
    purl: str,
    *,
    name: str = "",
    version: str = "",
    source: tuple[str, str] = ("", ""),
    licenses: tuple[str, ...] = (),
    location: str = "",
    vendor: str = "",
    file_count: int | None = None,
    bundled_in: str = "",
) -> Package | None:
    """Make a package; None when there is no package URL that says what it is.

    Args:
        purl: package URL.
        name: as the component has it, used where the URL folds the spelling.
        version: as the component has it, used when the URL has none.
        source: name and version of the source package, by the tool's own fields; may be empty.
        licenses: as stated.
        location: path of the file that names the package, without a leading slash.
        vendor: who made it.
        file_count: how many files it owns; None when not told.
        bundled_in: as in `Package`.
    """
    url = parse_package_url(purl)
    if url is None:
        return None
    full = _version(url, url.version or version)
    source_name, source_version = source if source[0] else _upstream(url, full)
    separator = _SEPARATORS.get(url.type)
    spelled = url.name
    if separator and url.namespace:
        spelled = f"{url.namespace}{separator}{url.name}"
    elif name and _folded(name) == _folded(url.name):
        spelled = name
    inside = f"{spelled}/{unquote(purl.partition('#')[2]).strip('/')}"
    if url.type == "golang" and name == inside:  # syft puts a part of the module there: `#v4`
        spelled = inside
    return Package(
        type=url.type,
        name=spelled,
        version=full,
        architecture=url.qualifier("arch"),
        source_name=source_name,
        source_version=(source_version or full) if source_name else "",
        licenses=licenses,
        purl=purl,
        location=location.lstrip("/"),
        vendor=vendor,
        file_count=file_count,
        bundled_in=bundled_in,
    )


def _version(url: PackageUrl, version: str) -> str:
    """Put the epoch in front, which some tools write as a qualifier."""
    epoch = url.qualifier("epoch")
    if url.type in ("deb", "rpm") and epoch not in ("", "0") and ":" not in version:
        return f"{epoch}:{version}"
    return version


def _upstream(url: PackageUrl, version: str) -> tuple[str, str]:
    """Read the qualifier `upstream`: `glibc`, `glibc@2.36-9` or `glibc-2.34-1.el9.src.rpm`."""
    upstream = url.qualifier("upstream")
    if url.type not in _SYSTEMS or not upstream:
        return "", ""
    archive = _SOURCE_RPM.fullmatch(upstream)
    if archive:
        epoch, colon, rest = version.partition(":")
        same = colon and rest == archive["version"]
        return archive["name"], f"{epoch}:{rest}" if same else archive["version"]
    name, _, source_version = upstream.partition("@")
    return name, source_version or version


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
