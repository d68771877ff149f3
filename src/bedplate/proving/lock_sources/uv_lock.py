"""uv: `uv.lock`, which names every file of every package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.dependency_graph import reach
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
    production = _production(entries)
    for number, entry in enumerate(entries):
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or _is_own(entry):
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
            development=production is not None and name not in production,
            marker=both(
                either(texts(entry.get("resolution-markers"))), either(wanted.get(name, []))
            ),
        )


def _production(entries: list[dict[str, Any]]) -> set[str] | None:
    """Give the names that the project needs to run; None when no entry is the project."""
    needs: dict[str, set[str]] = {}
    own: set[str] = set()
    for entry in entries:
        groups = [entry.get("dependencies"), *mapping(entry.get("optional-dependencies")).values()]
        found = {text(mapping(one).get("name")) for group in groups for one in items(group)}
        needs.setdefault(text(entry.get("name")), set()).update(found)
        if _is_own(entry):
            own.add(text(entry.get("name")))
    return reach(own, lambda name: needs.get(name, ())) if own else None


def _is_own(entry: dict[str, Any]) -> bool:
    source = mapping(entry.get("source"))
    return "virtual" in source or "editable" in source


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
