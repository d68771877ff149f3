"""Makes the embedded profiles of bases, from root file systems built of Debian's packages.

    mmdebstrap --variant=minbase --architectures=amd64 bookworm 12.tar
    python scripts/seed_profiles.py 11=11.tar 12=12.tar 13=13.tar musl=MUSL_ROOT

A tar is what the script of Debian's official images makes too, of the packages of that day;
MUSL_ROOT is a folder with Debian's package `musl` unpacked, whose loader is of the version that
Alpine has, without the files of any package of Alpine.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

from bedplate.binaries.abi_profile import read_abi_profile
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.facts.profiles import EMBEDDED, KeptProfile, write_profile
from bedplate.flows.proof_base import WANTS
from bedplate.images.file_tree import FileTree
from bedplate.images.index_layer import index_layer
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.root_folder import RootFolderWalk
from bedplate.images.selection import Selection
from bedplate.inventory import WANTS as INVENTORY_WANTS
from bedplate.inventory import collect
from bedplate.model.package import Package
from bedplate.runtimes.find import find_runtimes

_HUB = "docker.io/library"
_CODENAMES = {"11": "bullseye", "12": "bookworm", "13": "trixie"}
_ALPINES = ("3.20", "3.21", "3.22", "3.23")  # those with musl 1.2.5
_SHOWN = ("libc6", "libgcc-s1", "libstdc++6", "zlib1g")
# what tells Alpine from others, and its shell: facts of Alpine, of no package here
_OF_ALPINE = ("etc/alpine-release", "etc/os-release", "etc/passwd", "etc/group", "usr/bin/ldd")


def main(arguments: list[str]) -> None:
    selection = Selection((*WANTS, *INVENTORY_WANTS))
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for argument in arguments:
        release, _, place = argument.partition("=")
        tree = _tree(Path(place), selection)
        world = TreeLibraries(tree)
        profile = read_abi_profile(world, find_runtimes(tree))
        if release == "musl":
            version = profile.loaders[0].version
            profile = replace(profile, files=_OF_ALPINE, shells=("bin/sh",), temporary=("tmp",))
            names = tuple(f"{_HUB}/alpine:{one}" for one in _ALPINES)
            source = f"the loader of musl {version} as Debian packages it, not this image"
        else:
            code = _CODENAMES[release]
            tags = (release, code, f"{release}-slim", f"{code}-slim")
            names = tuple(f"{_HUB}/debian:{tag}" for tag in tags)
            source = f"{_packages(tree)} as packaged, not of this image's digest"
        kept = KeptProfile(names, "linux/amd64", "", source, today, partial=release == "musl")
        write_profile(EMBEDDED, kept, profile)


def _tree(place: Path, selection: Selection) -> FileTree:
    if place.is_dir():
        walk = RootFolderWalk(place, str(place))
        return FileTree([walk.index(selection, DEFAULT_LIMITS)])
    with place.open("rb") as file:
        return FileTree([index_layer(file, str(place), selection, DEFAULT_LIMITS)])


def _packages(tree: FileTree) -> str:
    versions = {one.name: one.version for one in collect(tree) if isinstance(one, Package)}
    return ", ".join(f"{name} {versions[name]}" for name in _SHOWN if name in versions)


if __name__ == "__main__":
    main(sys.argv[1:])
