"""Bun: `bun.lock`, the text lock file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.dependency_graph import reach
from bedplate.inventory.json_document import relaxed_json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.npm_packages import belongs_to_dependency, npm_package, split_specifier
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "bun lock file"
WANTS: tuple[Want, ...] = (Want("**/bun.lock", limit=MAX_BYTES),)

_PRODUCTION = ("dependencies", "optionalDependencies", "peerDependencies")
_MAX_DEPTH = 64


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the packages of a bun lock file, the project's own workspaces left out.

    Args:
        path: where it stands.
        content: the whole file; comments and trailing commas are allowed.

    Raises:
        InvalidDocument: not JSON even so, or not of bun.

    Source: Bun documentation, "Lockfile", and its `bun.lock.d.ts`.
    """
    if belongs_to_dependency(path):
        return
    document = relaxed_json_document(path, content)
    if not isinstance(document.get("lockfileVersion"), int):
        raise InvalidDocument(f"{path}: not a bun lock file: lockfileVersion is not a number")
    entries = mapping(document.get("packages"))
    graph = _Graph(document, entries)
    packages = []
    for key, value in entries.items():
        name, reference = split_specifier(text(next(iter(items(value)), None)))
        if not name or not reference:
            yield Skipped(f"{path}: {key}", "names no package and version")
        elif not reference.startswith(("workspace:", "root:")):
            is_version = reference[0].isdigit()
            packages.append(
                npm_package(
                    path,
                    name,
                    reference if is_version else "",
                    source="" if is_version else reference,
                    direct=key in graph.direct,
                    development=graph.only_development(key),
                )
            )
    yield from merge(packages)


class _Graph:
    """What the workspaces need, directly and in the end, with and without development."""

    def __init__(self, document: dict[str, Any], entries: dict[str, Any]) -> None:
        self._entries = entries
        workspaces = [mapping(one) for one in mapping(document.get("workspaces")).values()]
        production = {key for one in workspaces for key in self._needs("", one, _PRODUCTION)}
        development = {
            key for one in workspaces for key in self._needs("", one, ("devDependencies",))
        }
        self.direct = production | development
        self._production = reach(production, self._of)
        self._development = reach(development, self._of)

    def only_development(self, key: str) -> bool:
        return key in self._development and key not in self._production

    def _of(self, key: str) -> Iterator[str]:
        # The tuple's second or third field, depending on where the package is from.
        details = [one for one in items(self._entries.get(key)) if isinstance(one, dict)]
        return self._needs(key, details[0] if details else {}, _PRODUCTION)

    def _needs(self, key: str, node: dict[str, Any], fields: tuple[str, ...]) -> Iterator[str]:
        for field in fields:
            for name in mapping(node.get(field)):
                found = self._find(key, name)
                if found:
                    yield found

    def _find(self, key: str, name: str) -> str:
        """Look a name up as Node.js does: in the package's own folder, then further out."""
        for _ in range(_MAX_DEPTH):
            place = f"{key}/{name}" if key else name
            if place in self._entries:
                return place
            if not key:
                break
            key = key.rpartition("/")[0]
        return ""
