"""PDM: `pdm.lock`."""

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

NAME = "PDM lock file"
WANTS: tuple[Want, ...] = (Want("**/pdm.lock", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of a PDM lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: PDM documentation, "Lock file format", 4.x.
    """
    yield from merge(_packages(path, toml_document(path, content)))


def _packages(path: str, document: dict[str, Any]) -> Iterator[Package]:
    for entry in map(mapping, items(document.get("package"))):
        name, version = text(entry.get("name")), text(entry.get("version"))
        # A package with extras is listed a second time; local projects have a path.
        if not name or not version:
            continue
        repository = text(entry.get("git"))
        yield pypi_package(
            path,
            name,
            version,
            source=git_source(repository, text(entry.get("revision"))) if repository else None,
            development=texts(entry.get("groups")) == ["dev"],
        )
