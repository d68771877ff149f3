"""The names under which version schemes are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.schemes import SCHEMES

if TYPE_CHECKING:
    from bedplate.versions.scheme import Scheme

# scheme -> package URL types, OSV ecosystems and distributions that use it,
# in lower case and without blanks
_ALSO = {
    "apk": "alpine alpaquita chainguard minimos wolfi",
    "composer": "packagist php",
    "deb": "debian dpkg ubuntu echo",
    "gem": "ruby rubygems",
    "generic": "conan conancenter cran github hackage oci",
    "go": "golang stdlib toolchain",
    "maven": "java jar",
    "npm": "node nodejs",
    "nuget": ".net dotnet",
    "pep440": "pypi python",
    "rpm": "almalinux amazon amzn azurelinux centos fedora mageia openeuler opensuse oracle "
    "oraclelinux photon photonos redhat rhel rockylinux suse",
    "semver": "bitnami cargo crates.io githubactions hex julia pub swift swifturl",
}
_NAMES = {name: scheme for scheme, others in _ALSO.items() for name in (scheme, *others.split())}


@lru_cache(maxsize=256)
def scheme(name: str) -> Scheme:
    """Give the scheme of a name.

    Args:
        name: a scheme (`pep440`), a package URL type (`pypi`), an OSV ecosystem with or
            without its release (`Debian:12`), or a distribution (`rhel`); case is ignored.

    Raises:
        InvalidVersion: versions of this kind can't be compared.
    """
    plain = name.partition(":")[0].replace(" ", "").lower()
    try:
        return SCHEMES[_NAMES[plain]]
    except KeyError:
        known = ", ".join(sorted(SCHEMES))
        raise InvalidVersion(f"no version scheme {name!r}", f"known are {known}") from None
