"""Poetry: `poetry.lock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.source_url import git_source
from bedplate.inventory.toml_document import toml_document
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "poetry lock file"
WANTS: tuple[Want, ...] = (Want("**/poetry.lock", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of a Poetry lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: Poetry, lock file versions 1.0 to 2.1.
    """
    yield from merge(_packages(path, toml_document(path, content)))


def _packages(path: str, document: dict[str, Any]) -> Iterator[Package]:
    for entry in map(mapping, items(document.get("package"))):
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or not version:
            continue
        source = mapping(entry.get("source"))
        is_git = source.get("type") == "git"
        revision = text(source.get("resolved_reference"))
        # Up to version 2.0 a package has one category; from 2.1 on any number of groups, of
        # which all but "main" are for development.
        groups = texts(entry.get("groups")) or [text(entry.get("category")) or "main"]
        yield pypi_package(
            path,
            name,
            version,
            source=git_source(text(source.get("url")), revision) if is_git else None,
            development="main" not in groups,
        )
