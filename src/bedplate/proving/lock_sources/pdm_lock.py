"""PDM: `pdm.lock`; it names every file, or their addresses, of every package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "PDM lock file"
WANTS: tuple[Want, ...] = (Want("**/pdm.lock", limit=MAX_BYTES),)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the packages of a PDM lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: PDM documentation, "Lock file format"; before 4.0, files stand apart.
    """
    document = toml_document(path, content)
    apart = mapping(mapping(document.get("metadata")).get("files"))
    for number, entry in enumerate(map(mapping, items(document.get("package")))):
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or not version:
            continue
        listed = items(entry.get("files")) or items(apart.get(f"{name} {version}"))
        files = tuple(filter(None, (_file(mapping(one)) for one in listed)))
        yield LockedPackage(
            "pypi",
            name,
            version,
            f"{name} {version} {number}",
            development=texts(entry.get("groups")) == ["dev"],
            files=files,
            every_file=bool(files),
            marker=text(entry.get("marker")),
        )


def _file(entry: dict[str, Any]) -> LockedFile | None:
    url = text(entry.get("url"))
    name = text(entry.get("file")) or url.rpartition("/")[2].partition("#")[0]
    return LockedFile(name, url, text(entry.get("hash"))) if name else None
