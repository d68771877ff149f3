"""Python packages that are installed: `.dist-info` and `.egg-info` folders and files."""

from __future__ import annotations

import json
import posixpath
import re
from itertools import chain
from typing import TYPE_CHECKING

from bedplate.inventory.python_packages import pypi_package, read_metadata
from bedplate.inventory.source_url import git_source
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.package import Package
    from bedplate.model.tree import Tree

NAME = "python"
_METADATA = (
    "**/*dist-info/METADATA",
    "**/*DIST-INFO/METADATA",
    "**/*egg-info/PKG-INFO",
    "**/*EGG-INFO/PKG-INFO",
    "**/*.egg-info",
)
_RECORDS = ("**/*dist-info/RECORD", "**/*DIST-INFO/RECORD")
_MAX_RECORD = 8 * MIB
WANTS: tuple[Want, ...] = (
    *(Want(glob) for glob in _METADATA),
    *(Want(glob, limit=_MAX_RECORD) for glob in _RECORDS),
    Want("**/*egg-info/installed-files.txt", limit=_MAX_RECORD),
    Want("**/*dist-info/direct_url.json", limit=MIB // 16),
)

_MAX_PACKAGES = 100_000
# name-version[-pyX.Y].dist-info; neither part has a dash (wheel and egg escape them).
_FOLDER = re.compile(r"(?P<name>[^-]+)-(?P<version>\d[^-]*)(?:-py[\d.]+)?\.(?:dist|egg)-info")


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each metadata folder or file.

    A folder that lost its `METADATA` but kept its `RECORD` is named by its own name.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: PyPA, "Recording installed projects" (PEP 376, PEP 627) and "Direct URL
    Origin of installed distributions" (PEP 610).
    """
    described: set[str] = set()
    paths = chain.from_iterable(tree.kept(glob) for glob in (*_METADATA, *_RECORDS))
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name == "RECORD" and folder in described:
            continue
        if len(described) == _MAX_PACKAGES:
            yield Skipped("site-packages", f"more than {_MAX_PACKAGES} packages")
            return
        described.add(folder if name in {"METADATA", "PKG-INFO"} else path)
        yield _package(tree, path)


def _package(tree: Tree, path: str) -> Package | Skipped:
    folder, _, file_name = path.rpartition("/")
    is_record = file_name == "RECORD"
    metadata = read_metadata(b"" if is_record else tree.read(path) or b"")
    stem = _FOLDER.fullmatch(posixpath.basename(folder) if is_record else file_name)
    stem = stem or _FOLDER.fullmatch(posixpath.basename(folder))
    name = metadata.name or (stem["name"] if stem else "")
    version = metadata.version or (stem["version"] if stem else "")
    if not name or not version:
        return Skipped(path, "names no package and version")
    entry = tree.get(path)
    alone = file_name.lower().endswith(".egg-info")
    return pypi_package(
        path,
        name,
        version,
        licenses=metadata.licenses,
        files=() if alone else tuple(_files(tree, folder)),
        source=None if alone else _source(tree.read(f"{folder}/direct_url.json")),
        layer=entry.layer if entry else None,
    )


def _files(tree: Tree, folder: str) -> Iterator[str]:
    """List what the package installed, from the root of the tree."""
    record = tree.read(f"{folder}/RECORD")
    if record is not None:
        # The installed paths start from the folder that holds the metadata folder.
        yield from _resolved(posixpath.dirname(folder), map(_first_column, _lines(record)))
        return
    listing = tree.read(f"{folder}/installed-files.txt")
    if listing is not None:
        yield from _resolved(folder, _lines(listing))


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")


def _first_column(line: str) -> str:
    """Read the path of a RECORD's line, before hash and size."""
    if line.startswith('"'):
        return line[1:].rpartition('"')[0].replace('""', '"')
    return line.rsplit(",", 2)[0]


def _resolved(base: str, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path.startswith("/") or "./" in path:
            whole = posixpath.normpath(posixpath.join("/", base, path)).lstrip("/")
        else:
            whole = f"{base}/{path}" if base else path
        if path and whole:
            yield whole


def _source(content: bytes | None) -> dict[str, str] | None:
    """Read `direct_url.json`: the qualifiers of a package that came from git."""
    try:
        document = mapping(json.loads(content or b"{}"))
    except (ValueError, RecursionError):
        return None
    vcs = mapping(document.get("vcs_info"))
    if vcs.get("vcs") != "git":
        return None
    return git_source(text(document.get("url")), text(vcs.get("commit_id")))
