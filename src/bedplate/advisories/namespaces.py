"""The one table of namespaces: what OSV calls them, how their versions compare, which store."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.distro_release import DistroRelease

RUNTIME = "runtime"
"""Language runtimes; a package's name is that of `bedplate.model.runtime.Runtime`."""
CPE = "cpe"
"""Programs by the product of their CPE name: what no package manager vouches for."""


class Place(NamedTuple):
    """Where OSV's ecosystem leads.

    Args:
        namespace: of `AffectedPackage`.
        qualifiers: what the ecosystem says besides: `repository`, `pro`.
    """

    namespace: str
    qualifiers: tuple[tuple[str, str], ...] = ()


# ecosystems without releases: namespace, version scheme
_ECOSYSTEMS = {
    "npm": ("npm", "npm"),
    "PyPI": ("pypi", "pep440"),
    "Go": ("golang", "go"),
    "Maven": ("maven", "maven"),
    "RubyGems": ("gem", "gem"),
    "crates.io": ("cargo", "semver"),
    "Packagist": ("composer", "composer"),
    "NuGet": ("nuget", "nuget"),
    "Bitnami": ("bitnami", "semver"),
    "Wolfi": ("apk:wolfi", "apk"),
    "Chainguard": ("apk:chainguard", "apk"),
    "cpe": (CPE, "generic"),
    "curl": (CPE, "generic"),
    "openssl-upstream": (CPE, "generic"),
    "node-runtime": (RUNTIME, "npm"),
    "python-runtime": (RUNTIME, "pep440"),
    "ruby-runtime": (RUNTIME, "gem"),
}
_SCHEMES = dict(_ECOSYSTEMS.values()) | {
    "deb": "deb",
    "apk": "apk",
    "rpm": "rpm",
}
_RUNTIME_SCHEMES = {
    "node": "npm",
    "python": "pep440",
    "ruby": "gem",
    "go": "go",
    "php": "composer",
    "rust": "semver",
    "deno": "semver",
    "bun": "semver",
}
# distributions: what OSV calls them, before the release
_RELEASES = {
    "Debian": "deb:debian",
    "Alpine": "apk:alpine",
    "AlmaLinux": "rpm:almalinux",
    "Rocky Linux": "rpm:rocky",
    "Amazon Linux": "rpm:amazon",
    "Fedora": "rpm:fedora",
}
_RELEASE = re.compile(r"v?(\d+(?:\.\d+)?|edge)")
_UBUNTU_RELEASE = re.compile(r"\d\d\.\d\d")
_RED_HAT_RELEASE = re.compile(r"enterprise_linux:(\d+)(?:::([a-z]+))?")
# names of runtimes where feeds use others
_RUNTIMES = {
    "cpython": "python",
    "openjdk": "java",
    "otp": "erlang",
    ".net": "dotnet",
    "asp.net_core": "dotnet",
}
_KNOWN_RUNTIMES = {
    *("node", "python", "go", "java", "ruby", "php", "rust"),
    *("dotnet", "deno", "bun", "erlang", "elixir", "perl"),
}


@lru_cache(maxsize=1024)
def place_of(ecosystem: str) -> Place | None:
    """Say where an ecosystem of OSV leads; None for one that bedplate does not match.

    Source: OSV schema 1.7, "defined ecosystems".

    >>> place_of("Ubuntu:24.04:LTS")
    Place(namespace='deb:ubuntu:24.04', qualifiers=())
    """
    if ecosystem in _ECOSYSTEMS:
        return Place(_ECOSYSTEMS[ecosystem][0])
    name, _, release = ecosystem.partition(":")
    if name == "Ubuntu":
        return _ubuntu(release)
    if name == "Red Hat":
        return _red_hat(release)
    found = _RELEASE.match(release)
    if name not in _RELEASES or not found:
        return None
    return Place(f"{_RELEASES[name]}:{found[1]}")


def _ubuntu(release: str) -> Place | None:
    """Read `24.04:LTS`, `Pro:22.04:LTS`, `Pro:FIPS:20.04:LTS`; Pro's fixes are for subscribers."""
    found = _UBUNTU_RELEASE.search(release)
    if not found:
        return None
    namespace = f"deb:ubuntu:{found[0]}"
    if not release.startswith("Pro"):
        return Place(namespace)
    tier = release[: found.start()].removeprefix("Pro:").strip(":").lower()
    return Place(namespace, (("pro", tier or "esm"),))


def _red_hat(release: str) -> Place | None:
    """Read the tail of a CPE name; extended support and other products are not in images."""
    found = _RED_HAT_RELEASE.fullmatch(release)
    if not found:
        return None
    return Place(f"rpm:rhel:{found[1]}", (("repository", found[2]),) if found[2] else ())


def runtime_of(product: str) -> str:
    """Give the name under which bedplate knows a runtime; empty for a product that is none."""
    name = _RUNTIMES.get(product, product)
    return name if name in _KNOWN_RUNTIMES else ""


def scheme_of(namespace: str, name: str = "") -> str:
    """Say which scheme of `bedplate.versions` compares the versions of a package.

    Args:
        namespace: of the package.
        name: of the package; counts for runtimes only.
    """
    if namespace == RUNTIME:
        return _RUNTIME_SCHEMES.get(name, "generic")
    return _SCHEMES.get(namespace) or _SCHEMES.get(namespace.partition(":")[0], "generic")


@lru_cache(maxsize=1024)
def store_of(namespace: str) -> str:
    """Name the store that holds a namespace: `debian-12`, `wolfi`, `npm`, `runtime`."""
    if namespace == CPE:
        return RUNTIME
    _, colon, rest = namespace.partition(":")
    return rest.replace(":", "-") if colon else namespace


def normalise(namespace: str, name: str) -> str:
    """Write a package's name as the namespace compares it.

    Source: PEP 503 for Python; NuGet and Packagist ignore case.
    """
    if namespace == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    return name.lower() if namespace in ("composer", "nuget") else name


def namespace_of_distro(release: DistroRelease | None) -> str:
    """Give the namespace of a distribution's packages; empty when no feed speaks of them.

    Derivatives have packages of their own, so that being like another one does not count.

    Args:
        release: as recognised; one without a number is the rolling branch.
    """
    if release is None:
        return ""
    name = release.base_id if release.id == "distroless" else release.id
    prefix = _DISTROS.get(name, "")
    if not prefix or name in _UNVERSIONED:
        return prefix
    if "alpha" in release.version:  # how Alpine's edge calls itself
        return f"{prefix}:edge"
    found = re.match(r"\d+\.\d+" if name in _DOTTED else r"\d+", release.version)
    cut = found[0] if found else _ROLLING.get(name, "")
    return f"{prefix}:{cut}" if cut else ""


_DISTROS = {
    "debian": "deb:debian",
    "ubuntu": "deb:ubuntu",
    "alpine": "apk:alpine",
    "rhel": "rpm:rhel",
    "redhat": "rpm:rhel",
    "centos": "rpm:rhel",
    "almalinux": "rpm:almalinux",
    "rocky": "rpm:rocky",
    "amzn": "rpm:amazon",
    "fedora": "rpm:fedora",
    "wolfi": "apk:wolfi",
    "chainguard": "apk:chainguard",
}
_UNVERSIONED = {"wolfi", "chainguard"}
_DOTTED = {"alpine", "ubuntu"}
_ROLLING = {"debian": "sid", "alpine": "edge"}
_BY_TYPE = {
    "npm": "npm",
    "pypi": "pypi",
    "golang": "golang",
    "maven": "maven",
    "gem": "gem",
    "cargo": "cargo",
    "composer": "composer",
    "nuget": "nuget",
}


def stores_for(
    release: DistroRelease | None, package_types: set[str], runtimes: set[str]
) -> tuple[str, ...]:
    """Name the stores that an image needs, enrichments included.

    Args:
        release: its distribution.
        package_types: purl types of its packages.
        runtimes: names of its runtimes.
    """
    namespace = namespace_of_distro(release)
    names = {store_of(namespace)} if namespace else set()
    names |= {store_of(_BY_TYPE[kind]) for kind in package_types if kind in _BY_TYPE}
    if runtimes:
        names |= {RUNTIME, "bitnami"}
    if "go" in runtimes:
        names.add("golang")
    return (*sorted(names), "ratings", "epss", "kev") if names else ()
