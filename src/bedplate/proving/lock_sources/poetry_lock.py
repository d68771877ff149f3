"""Poetry: `poetry.lock`, which names every file of every package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.want import Want
from bedplate.proving.python_markers import either
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "poetry lock file"
WANTS: tuple[Want, ...] = (Want("**/poetry.lock", limit=MAX_BYTES),)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the packages of a Poetry lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: Poetry, lock file versions 1.0 (files apart, under `metadata`) to 2.1.
    """
    document = toml_document(path, content)
    apart = mapping(mapping(document.get("metadata")).get("files"))
    for number, entry in enumerate(map(mapping, items(document.get("package")))):
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or not version:
            continue
        listed = [mapping(one) for one in items(entry.get("files")) or items(apart.get(name))]
        files = [(text(one.get("file")), text(one.get("hash"))) for one in listed]
        groups = texts(entry.get("groups")) or [text(entry.get("category")) or "main"]
        yield LockedPackage(
            "pypi",
            name,
            version,
            f"{name} {version} {number}",
            optional=entry.get("optional") is True,
            development="main" not in groups,
            files=tuple(LockedFile(file, integrity=digest) for file, digest in files if file),
            every_file=bool(files),
            marker=_marker(entry.get("markers")),
        )


def _marker(value: Any) -> str:
    """Read a marker, or one for each group (from lock file version 2.1 on)."""
    return text(value) or either([text(one) for one in mapping(value).values()])
