"""The standard lock file of Python: `pylock.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.source_url import git_source
from bedplate.inventory.toml_document import toml_document
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "pylock.toml"
WANTS: tuple[Want, ...] = (
    Want("**/pylock.toml", limit=MAX_BYTES),
    Want("**/pylock.*.toml", limit=MAX_BYTES),
)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of a standard lock file; folders of the project are left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: PEP 751.
    """
    yield from merge(_packages(path, toml_document(path, content)))


def _packages(path: str, document: dict[str, Any]) -> Iterator[Package]:
    for entry in map(mapping, items(document.get("packages"))):
        name, version = text(entry.get("name")), text(entry.get("version"))
        vcs = mapping(entry.get("vcs"))
        if not name or not (version or vcs):
            continue
        is_git = vcs.get("type") == "git"
        commit = text(vcs.get("commit-id"))
        yield pypi_package(
            path,
            name,
            version,
            source=git_source(text(vcs.get("url")), commit) if is_git else None,
        )
