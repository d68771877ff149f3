"""npm: `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.npm_packages import (
    belongs_to_dependency,
    licenses_of,
    name_in_folder,
    npm_package,
    split_specifier,
)
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "npm lock file"
WANTS: tuple[Want, ...] = (
    Want("**/package-lock.json", limit=MAX_BYTES),
    Want("**/npm-shrinkwrap.json", limit=MAX_BYTES),
    # What npm itself wrote down about the folder in which it stands.
    Want("**/node_modules/.package-lock.json", limit=MAX_BYTES),
)

_DIRECT_FIELDS = (
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of an npm lock file, the project itself left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: npm documentation, "package-lock.json".
    """
    if belongs_to_dependency(path) and not path.endswith("/.package-lock.json"):
        return
    document = json_document(path, content)
    folders = mapping(document.get("packages"))
    if folders:
        yield from merge(_from_folders(path, folders))
    else:
        yield from merge(_from_tree(path, mapping(document.get("dependencies"))))


def _from_folders(path: str, folders: dict[str, Any]) -> Iterator[Package]:
    """Read versions 2 and 3: one entry for each folder."""
    project = folders.get("")
    wanted = {name for field in _DIRECT_FIELDS for name in mapping(mapping(project).get(field))}
    for folder, value in folders.items():
        entry = mapping(value)
        folder_name = name_in_folder(folder)
        name = text(entry.get("name")) or folder_name or folder.rpartition("/")[2]
        version = text(entry.get("version"))
        if not folder or not name or not version or entry.get("link"):
            continue
        resolved = text(entry.get("resolved"))
        at_top = folder == f"node_modules/{folder_name}"
        yield npm_package(
            path,
            name,
            version,
            licenses=licenses_of(entry.get("license")),
            source=resolved if resolved.startswith("git") else "",
            direct=None if project is None else at_top and folder_name in wanted,
            development=bool(entry.get("dev")),
        )


def _from_tree(path: str, top: dict[str, Any]) -> Iterator[Package]:
    """Read version 1: nested objects, which do not tell what is direct."""
    waiting = [top]
    while waiting:
        for key, value in waiting.pop().items():
            entry = mapping(value)
            waiting.append(mapping(entry.get("dependencies")))
            stated = text(entry.get("version"))
            name, version = key, stated
            if stated.startswith("npm:"):
                name, version = split_specifier(stated.removeprefix("npm:"))
            is_version = version[:1].isdigit()
            if name and stated:
                yield npm_package(
                    path,
                    name,
                    version if is_version else "",
                    source="" if is_version else stated,
                    development=bool(entry.get("dev")),
                )
