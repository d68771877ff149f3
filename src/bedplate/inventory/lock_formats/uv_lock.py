"""uv: `uv.lock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.dependency_graph import reach
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.source_url import git_source
from bedplate.inventory.toml_document import toml_document
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.model.package import Package

NAME = "uv lock file"
WANTS: tuple[Want, ...] = (Want("**/uv.lock", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of a uv lock file, the project's own workspace left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: uv documentation, "Lockfile", version 1.
    """
    document = toml_document(path, content)
    entries = [
        mapping(one) for one in items(document.get("package") or document.get("distribution"))
    ]
    yield from merge(_packages(path, entries))


def _packages(path: str, entries: list[dict[str, Any]]) -> Iterator[Package]:
    graph = _Graph(entries)
    for entry in entries:
        name, version = text(entry.get("name")), text(entry.get("version"))
        if not name or not version or _is_own(entry):
            continue
        repository, _, commit = text(mapping(entry.get("source")).get("git")).partition("#")
        yield pypi_package(
            path,
            name,
            version,
            source=git_source(repository.partition("?")[0], commit) if repository else None,
            direct=name in graph.direct if graph.has_root else None,
            development=graph.only_development(name),
        )


def _is_own(entry: Mapping[str, Any]) -> bool:
    """Tell the project and the members of its workspace from what they need."""
    source = mapping(entry.get("source"))
    return "virtual" in source or "editable" in source


class _Graph:
    """What the project needs by name, with and without development."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self._needs: dict[str, set[str]] = {}
        production: set[str] = set()
        development: set[str] = set()
        self.has_root = False
        for entry in entries:
            needs = set(_names(entry.get("dependencies"))) | _grouped(
                entry, "optional-dependencies"
            )
            self._needs.setdefault(text(entry.get("name")), set()).update(needs)
            if _is_own(entry):
                self.has_root = True
                production |= needs
                development |= _grouped(entry, "dev-dependencies")
        self.direct = production | development
        self._production = reach(production, self._of)
        self._development = reach(development, self._of)

    def only_development(self, name: str) -> bool:
        return name in self._development and name not in self._production

    def _of(self, name: str) -> set[str]:
        return self._needs.get(name, set())


def _names(value: Any) -> Iterator[str]:
    for one in items(value):
        name = text(mapping(one).get("name"))
        if name:
            yield name


def _grouped(entry: Mapping[str, Any], field: str) -> set[str]:
    return {name for group in mapping(entry.get(field)).values() for name in _names(group)}
