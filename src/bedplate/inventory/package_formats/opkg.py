"""Packages of opkg, the package manager of OpenWrt and Yocto images.

Source: opkg's sources; the status file has the form of dpkg's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.inventory import os_identity
from bedplate.inventory.database_file import read_database
from bedplate.inventory.dpkg_status import StatusRecord, installed
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.inventory.os_identity import OsIdentity
    from bedplate.model.tree import Tree

_FOLDERS = ("usr/lib/opkg", "var/lib/opkg", "lib/opkg")

NAME = "opkg"
WANTS: tuple[Want, ...] = (
    *(Want(f"{folder}/status", 32 * MIB) for folder in _FOLDERS),
    *(Want(f"{folder}/info/*.list", 4 * MIB) for folder in _FOLDERS),
    *os_identity.WANTS,
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the packages that opkg has installed in a tree."""
    seen = set()
    for folder in _FOLDERS:
        entry = tree.resolve(f"{folder}/status")
        if entry is not None and entry.path not in seen:
            seen.add(entry.path)
            try:
                yield from _read_folder(tree, folder)
            except BedplateError as error:
                yield Skipped(f"{folder}/status", error.message)


def _read_folder(tree: Tree, folder: str) -> Iterator[Package | Skipped]:
    status = f"{folder}/status"
    content = read_database(tree, status)
    if not isinstance(content, bytes):
        if content is not None:
            yield content
        return
    release = os_identity.identify(tree)
    paths = InstalledFiles(tree)
    entry = tree.resolve(status)
    for record in installed(status, content):
        if isinstance(record, Skipped):
            yield record
            continue
        listed = f"{folder}/info/{record.name}.list"
        files = paths.paths(list(_listed(tree.read(listed) or b"")))
        written = tree.get(listed) or entry
        yield _package(record, status, files, written.layer if written else None, release)


def _listed(content: bytes) -> Iterator[str]:
    """Give the files of a list; newer versions add the mode after a tab."""
    for line in content.decode("utf-8", "surrogateescape").split("\n"):
        path = line.partition("\t")[0].strip("/")
        if path:
            yield path


def _package(
    record: StatusRecord,
    location: str,
    files: tuple[str, ...],
    layer: int | None,
    release: OsIdentity,
) -> Package:
    name, version, architecture = record.name, record.version, record.architecture
    return Package(
        type="opkg",
        name=name,
        version=version,
        architecture=architecture,
        source_name=record.source_name,
        source_version=record.source_version,
        purl=release.purl("opkg", name, version, arch=architecture),
        section=record.section,
        location=location,
        layer=layer,
        installed_size=None,  # not in KiB as dpkg's, and mostly absent: measured instead
        files=files,
        vendor=record.vendor,
    )
