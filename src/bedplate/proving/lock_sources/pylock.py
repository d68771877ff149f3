"""The standard lock file of Python: `pylock.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "pylock.toml"
WANTS: tuple[Want, ...] = (
    Want("**/pylock.toml", limit=MAX_BYTES),
    Want("**/pylock.*.toml", limit=MAX_BYTES),
)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the packages of a standard lock file; folders of the project are left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: PEP 751.
    """
    for number, entry in enumerate(
        map(mapping, items(toml_document(path, content).get("packages")))
    ):
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or "directory" in entry:
            continue
        listed = [mapping(one) for one in items(entry.get("wheels"))]
        listed += [mapping(entry.get("sdist")), mapping(entry.get("archive"))]
        yield LockedPackage(
            "pypi",
            name,
            version,
            f"{name} {version} {number}",
            files=tuple(filter(None, map(_file, listed))),
            every_file=True,
            marker=text(entry.get("marker")),
        )


def _file(entry: dict[str, Any]) -> LockedFile | None:
    url = text(entry.get("url"))
    name = text(entry.get("name")) or (url or text(entry.get("path"))).rpartition("/")[2]
    hashes = mapping(entry.get("hashes"))
    digest = next((f"{kind}:{text(value)}" for kind, value in hashes.items() if text(value)), "")
    size = entry.get("size")
    return LockedFile(name, url, digest, size if isinstance(size, int) else None) if name else None
