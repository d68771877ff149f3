"""Slices of Debian packages in chiselled Ubuntu images.

Source: canonical/chisel, "The manifest": JSON lines, compressed with zstd. A record of kind
`content` says which slice a path is of; a slice is named `PACKAGE_SLICE`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bedplate.errors import BedplateError, InvalidDocument, LimitExceeded
from bedplate.inventory import copyright_file, os_identity
from bedplate.inventory.database_file import read_database
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import KIB, MIB, Want
from bedplate.support.json_fields import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

_PATH = "var/lib/chisel/manifest.wall"
_MAX_SIZE = 64 * MIB  # unpacked
_MAX_WINDOW = 8 * MIB
_MAX_PACKAGES = 100_000
# Where the same packages are also in dpkg's database, that one says more.
_DPKG = ("var/lib/dpkg/status", "var/lib/dpkg/status.d")

NAME = "chisel"
WANTS: tuple[Want, ...] = (
    Want(_PATH, 16 * MIB),
    Want("usr/share/doc/*/copyright", 256 * KIB),
    *os_identity.WANTS,
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the packages of which a tree holds slices."""
    if any(_is_filled(tree, path) for path in _DPKG):
        return
    content = read_database(tree, _PATH)
    if not isinstance(content, bytes):
        if content is not None:
            yield content
        return
    try:
        yield from _packages(tree, _unpacked(content))
    except BedplateError as error:
        yield Skipped(_PATH, error.message)


def _is_filled(tree: Tree, path: str) -> bool:
    entry = tree.resolve(path)
    return entry is not None and (entry.size > 0 or bool(tree.children(path)))


def _unpacked(content: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 - lazy: only when there is such a file

    unpacker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
    try:
        unpacked: bytes = unpacker.stream_reader(content).read(_MAX_SIZE + 1)
    except zstandard.ZstdError as error:
        raise InvalidDocument(f"broken zstd data: {error}") from error
    if len(unpacked) > _MAX_SIZE:
        raise LimitExceeded(f"unpacks to more than {_MAX_SIZE} bytes")
    return unpacked


def _packages(tree: Tree, lines: bytes) -> Iterator[Package | Skipped]:
    release = os_identity.identify(tree, "ubuntu")
    files = InstalledFiles(tree)
    entry = tree.resolve(_PATH)
    packages, contents = _sorted(lines)
    broken = 0
    for record in packages:
        name, version = text(record.get("name")), text(record.get("version"))
        architecture = text(record.get("arch"))
        if not name or not version:
            broken += 1
            continue
        notice = tree.read(f"usr/share/doc/{name}/copyright") or b""
        owned = files.paths(contents.pop(name, []))
        yield Package(
            type="deb",
            name=name,
            version=version,
            architecture=architecture,
            licenses=copyright_file.licenses(notice),
            purl=release.purl("deb", name, version, arch=architecture),
            location=_PATH,
            layer=files.layer(owned, entry.layer if entry else None),
            files=owned,
        )
    if broken:
        yield Skipped(_PATH, f"{broken} package(s) without a name or a version")


def _sorted(lines: bytes) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """Give the records of packages, and the files of each package by its name."""
    packages = []
    contents: defaultdict[str, list[str]] = defaultdict(list)
    for record in _records(lines):
        if record["kind"] == "package":
            packages.append(record)
            if len(packages) > _MAX_PACKAGES:
                raise LimitExceeded(f"more than {_MAX_PACKAGES} packages")
        elif record["kind"] == "content":
            path = text(record.get("path"))
            if not path.endswith("/"):
                package = text(record.get("slice")).rpartition("_")[0]
                contents[package].append(path.lstrip("/"))
    return packages, contents


def _records(lines: bytes) -> Iterator[dict[str, Any]]:
    """Decode the records that count; those of kind `path` only repeat modes and checksums."""
    if not lines.startswith(b'{"jsonwall"'):
        raise InvalidDocument("not a manifest of chisel")
    for number, line in enumerate(lines.splitlines()[1:], start=2):
        if not line or line.startswith(b'{"kind":"path"'):
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidDocument(f"line {number} is not JSON") from error
        if isinstance(record, dict) and isinstance(record.get("kind"), str):
            yield record
