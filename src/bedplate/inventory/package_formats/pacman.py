"""Arch Linux packages.

Source: pacman's sources, lib/libalpm/be_local.c: a folder for each package, with the files
`desc` and `files` of `%NAME%` sections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.inventory import os_identity
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.inventory.os_identity import OsIdentity
    from bedplate.model.tree import Tree

_PACKAGES = "var/lib/pacman/local"
_DESC = f"{_PACKAGES}/*/desc"

NAME = "pacman"
WANTS: tuple[Want, ...] = (
    Want(_DESC, MIB),
    Want(f"{_PACKAGES}/*/files", 8 * MIB),
    *os_identity.WANTS,
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the packages that pacman has installed in a tree."""
    if tree.get(_PACKAGES) is None:
        return
    release = os_identity.identify(tree, "arch")
    files = InstalledFiles(tree)
    for path in tree.kept(_DESC):
        try:
            yield _package(tree, path, files, release)
        except BedplateError as error:
            yield Skipped(_PACKAGES, error.message)
            return


def _package(
    tree: Tree, path: str, files: InstalledFiles, release: OsIdentity
) -> Package | Skipped:
    sections = _sections(tree.read(path) or b"")
    listed = _sections(tree.read(f"{path.removesuffix('desc')}files") or b"", "surrogateescape")
    name, version = _first(sections, "%NAME%"), _first(sections, "%VERSION%")
    if not name or not version:
        return Skipped(path, "a package without a name or a version")
    owned = files.paths([line for line in listed.get("%FILES%", ()) if not line.endswith("/")])
    architecture, base = _first(sections, "%ARCH%"), _first(sections, "%BASE%")
    size = _first(sections, "%SIZE%")
    entry = tree.get(path)
    return Package(
        type="alpm",
        name=name,
        version=version,
        architecture=architecture,
        source_name=base,
        # packages of one base are built together and share its version
        source_version=version if base else "",
        licenses=tuple(sections.get("%LICENSE%", ())),
        purl=release.purl("alpm", name, version, arch=architecture),
        section=_first(sections, "%GROUPS%"),
        location=path,
        layer=entry.layer if entry else None,
        installed_size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else None,
        files=owned,
        vendor=_first(sections, "%PACKAGER%"),
    )


def _sections(content: bytes, errors: str = "replace") -> dict[str, list[str]]:
    """Split a file into its sections; lines before the first are of none."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in content.decode("utf-8", errors).split("\n"):
        if line[:1] == "%" and line[-1:] == "%" and len(line) > 2:
            lines = sections.setdefault(line, [])
        elif line:
            lines.append(line)
    return sections


def _first(sections: dict[str, list[str]], name: str) -> str:
    return next(iter(sections.get(name, ())), "").strip()
