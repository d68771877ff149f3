"""uv: `uv.lock`, which names every file of every package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.want import Want
from bedplate.proving.python_markers import both, either
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "uv lock file"
WANTS: tuple[Want, ...] = (Want("**/uv.lock", limit=MAX_BYTES),)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the packages of a uv lock file, the project's own left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: uv documentation, "Lockfile", version 1.
    """
    document = toml_document(path, content)
    listed = document.get("package") or document.get("distribution")
    entries = [mapping(one) for one in items(listed)]
    wanted = _wanted(entries)
    for number, entry in enumerate(entries):
        name, version = text(entry.get("name")), text(entry.get("version"))
        source = mapping(entry.get("source"))
        if not name or "virtual" in source or "editable" in source:
            continue
        files = [mapping(wheel) for wheel in items(entry.get("wheels"))]
        files.append(mapping(entry.get("sdist")))
        yield LockedPackage(
            "pypi",
            name,
            version,
            f"{name} {version} {number}",
            files=tuple(filter(None, map(_file, files))),
            every_file=True,
            marker=both(
                either(texts(entry.get("resolution-markers"))), either(wanted.get(name, []))
            ),
        )


def _wanted(entries: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Collect by name of a package the markers with which others need it."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        groups = [entry.get("dependencies")]
        for field in ("optional-dependencies", "dev-dependencies"):
            groups += mapping(entry.get(field)).values()
        for need in (mapping(one) for group in groups for one in items(group)):
            found.setdefault(text(need.get("name")), []).append(text(need.get("marker")))
    return found


def _file(entry: dict[str, Any]) -> LockedFile | None:
    url = text(entry.get("url"))
    name = text(entry.get("filename")) or (url or text(entry.get("path"))).rpartition("/")[2]
    size = entry.get("size")
    known = size if isinstance(size, int) else None
    return LockedFile(name, url, text(entry.get("hash")), known) if name else None
