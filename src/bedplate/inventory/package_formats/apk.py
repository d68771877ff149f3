"""Alpine packages, also those of Wolfi and Chainguard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.inventory import os_identity
from bedplate.inventory.apk_installed import ApkRecord, records
from bedplate.inventory.database_file import read_database
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.inventory.os_identity import OsIdentity
    from bedplate.model.tree import Tree

# apk-tools 3 moved the database; its old place is often a symlink to the new one.
_PATHS = ("usr/lib/apk/db/installed", "lib/apk/db/installed")

NAME = "apk"
WANTS: tuple[Want, ...] = (*(Want(path, 64 * MIB) for path in _PATHS), *os_identity.WANTS)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the installed Alpine packages of a tree."""
    seen = set()
    for path in _PATHS:
        entry = tree.resolve(path)
        if entry is not None and entry.path not in seen:
            seen.add(entry.path)
            try:
                yield from _read_database(tree, entry.path, entry.layer)
            except BedplateError as error:
                yield Skipped(path, error.message)


def _read_database(tree: Tree, path: str, layer: int) -> Iterator[Package | Skipped]:
    content = read_database(tree, path)
    if not isinstance(content, bytes):
        if content is not None:
            yield content
        return
    release = os_identity.identify(tree, "alpine")
    files = InstalledFiles(tree)
    for record in records(path, content):
        if isinstance(record, Skipped):
            yield record
            continue
        listed = files.joined(record.folders, record.numbers, record.names)
        yield _package(record, path, listed, files.layer(listed, layer), release)


def _package(
    record: ApkRecord, location: str, files: tuple[str, ...], layer: int | None, release: OsIdentity
) -> Package:
    # `surrogateescape` is for paths; words are shown
    fields = {
        letter: value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for letter, value in record.fields.items()
    }
    name, version, architecture = fields["P"], fields["V"], fields.get("A", "")
    origin, size, license_ = fields.get("o", ""), fields.get("I", ""), fields.get("L", "")
    return Package(
        type="apk",
        name=name,
        version=version,
        architecture=architecture,
        source_name=origin,
        # subpackages are built together with their origin and share its version
        source_version=version if origin else "",
        licenses=(license_,) if license_ else (),
        purl=release.purl("apk", name, version, arch=architecture),
        location=location,
        layer=layer,
        installed_size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else None,
        files=files,
        vendor=fields.get("m", ""),
    )
