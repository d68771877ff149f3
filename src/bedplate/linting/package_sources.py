"""Which package indexes the release has that an image stands on.

Sources: Debian repository format; Ubuntu's sources.list, all of whose components its images
use; the repositories file of Alpine's images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.distros.codenames import codename_of
from bedplate.linting.tag_releases import releases_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference

_HUB = "docker.io/library/"
# Images that add no repositories to those of their distribution, as their build files show.
_BARE = frozenset(
    [
        *(
            f"{_HUB}{name}"
            for name in (
                "alpine",
                "buildpack-deps",
                "debian",
                "eclipse-temurin",
                "gcc",
                "golang",
                "httpd",
                "node",
                "perl",
                "php",
                "python",
                "redis",
                "ruby",
                "rust",
                "ubuntu",
            )
        ),
        "mcr.microsoft.com/dotnet/aspnet",
        "mcr.microsoft.com/dotnet/runtime",
        "mcr.microsoft.com/dotnet/runtime-deps",
        "mcr.microsoft.com/dotnet/sdk",
    ]
)
_DISTROS = {"debian": "debian", "ubuntu": "ubuntu", "alpine-linux": "alpine"}
_TITLES = {"debian": "Debian", "ubuntu": "Ubuntu", "alpine": "Alpine"}
_COMPONENTS = {
    "debian": ("main",),
    "ubuntu": ("main", "universe", "restricted", "multiverse"),
    "alpine": ("main", "community"),
}
# By Go's name of a machine and its variant: what Debian and Alpine call it.
_MACHINES = {
    "386": ("i386", "x86"),
    "amd64": ("amd64", "x86_64"),
    "arm/v6": ("armel", "armhf"),
    "arm/v7": ("armhf", "armv7"),
    "arm64": ("arm64", "aarch64"),
    "ppc64le": ("ppc64el", "ppc64le"),
    "riscv64": ("riscv64", "riscv64"),
    "s390x": ("s390x", "s390x"),
}


class Release(NamedTuple):
    """A release whose packages an image installs.

    Args:
        distro: `debian`, `ubuntu` or `alpine`.
        cycle: `12`, `24.04`, `3.20`.
    """

    distro: str
    cycle: str

    @property
    def title(self) -> str:
        """Name and version for people."""
        return f"{_TITLES[self.distro]} {self.cycle}"

    @property
    def manager(self) -> str:
        """The package manager: `apt` or `apk`."""
        return "apk" if self.distro == "alpine" else "apt"


class IndexFile(NamedTuple):
    """A part of a release's index.

    Args:
        addresses: of the same content, to be tried in order.
        mirror: where it is.
        optional: whether it may be missing, as long as the mirror has another one.
    """

    addresses: tuple[str, ...]
    mirror: str
    optional: bool = False


def release_of(reference: Reference, known: DistroRelease | None) -> Release | None:
    """Tell on which release an image stands.

    None where that is not known, and for images that may have repositories of their own.

    Args:
        reference: the image.
        known: what the catalog says of it.
    """
    if reference.name not in _BARE:
        return None
    for product, cycle in releases_of(reference):
        if product in _DISTROS:
            return Release(_DISTROS[product], cycle)
    if known is not None and known.eol_product in _DISTROS and known.eol_cycle:
        return Release(_DISTROS[known.eol_product], known.eol_cycle)
    return None


def index_files(
    release: Release, platform: Platform, mirrors: Sequence[str]
) -> tuple[IndexFile, ...]:
    """List the files that make up the index of a release.

    Args:
        release: whose index.
        platform: whose packages.
        mirrors: addresses of the distribution's mirrors: one that has the release, then those
            that add to it.

    Returns:
        empty for a release or a machine that is not known.
    """
    name = platform.architecture
    if name == "arm":
        name = f"arm/{platform.variant or 'v7'}"
    machines = _MACHINES.get(name)
    if platform.os != "linux" or machines is None:
        return ()
    of_mirror = _alpine_files if release.distro == "alpine" else _debian_files
    machine = machines[release.distro == "alpine"]
    return tuple(
        file
        for place, mirror in enumerate(mirrors)
        for file in of_mirror(release, machine, mirror, adds=place > 0)
    )


def _alpine_files(
    release: Release, machine: str, mirror: str, *, adds: bool
) -> Iterator[IndexFile]:
    for part in _COMPONENTS[release.distro]:
        address = f"{mirror}/v{release.cycle}/{part}/{machine}/APKINDEX.tar.gz"
        yield IndexFile((address,), mirror, optional=adds)


def _debian_files(
    release: Release, machine: str, mirror: str, *, adds: bool
) -> Iterator[IndexFile]:
    """Give the files of the release itself and of its pockets: a mirror may have either."""
    codename = codename_of(release.distro, release.cycle)
    for pocket in ("", "-updates", "-security") if codename else ():
        for part in _COMPONENTS[release.distro]:
            folder = f"{mirror}/dists/{codename}{pocket}/{part}/binary-{machine}"
            addresses = tuple(f"{folder}/Packages.{ending}" for ending in ("xz", "gz"))
            yield IndexFile(addresses, mirror, optional=adds or pocket != "")
