"""npm: `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.npm_packages import name_in_folder, split_specifier
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.proving.node_lookup import look_up
from bedplate.support.json_fields import mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "npm lock file"
WANTS: tuple[Want, ...] = (
    Want("**/package-lock.json", limit=MAX_BYTES),
    Want("**/npm-shrinkwrap.json", limit=MAX_BYTES),
)
# Nobody nests deeper by hand, and no version of npm did.
_MAX_DEPTH = 64
_WANTED = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the packages of an npm lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: npm documentation, "package-lock.json".
    """
    document = json_document(path, content)
    folders = mapping(document.get("packages"))
    if folders:
        yield from _from_folders(path, folders)
    else:
        yield from _from_tree(path, mapping(document.get("dependencies")))


def _from_folders(path: str, folders: dict[str, Any]) -> Iterator[LockedPackage | Skipped]:
    """Read versions 2 and 3: one entry for each folder."""
    entries = {folder: mapping(value) for folder, value in folders.items()}
    # npm before 11.11 drops the field of every package.
    says_libc = any("libc" in entry for entry in entries.values())
    project = entries.get("", {})
    wanted = {f"node_modules/{name}" for field in _WANTED for name in mapping(project.get(field))}
    for folder, entry in entries.items():
        name = text(entry.get("name")) or name_in_folder(folder)
        if not folder or entry.get("link") or not ("node_modules/" in folder or name):
            continue
        if not name:
            yield Skipped(f"{path}: {folder}", "names no package")
            continue
        optional = mapping(entry.get("optionalDependencies"))
        needs = [one for one in mapping(entry.get("dependencies")) if one not in optional]
        yield LockedPackage(
            "npm",
            name,
            text(entry.get("version")),
            folder,
            look_up(needs, folder, entries),
            look_up(optional, folder, entries),
            systems=_words(entry.get("os")),
            processors=_words(entry.get("cpu")),
            libcs=_words(entry.get("libc")),
            says_libc=says_libc,
            install_script=bool(entry.get("hasInstallScript")),
            direct=folder in wanted if project else None,
            optional=bool(entry.get("optional")),
            development=bool(entry.get("dev") or entry.get("devOptional")),
            files=_files(entry),
        )


def _from_tree(path: str, top: dict[str, Any]) -> Iterator[LockedPackage | Skipped]:
    """Read version 1: nested objects, which tell neither platforms nor scripts."""
    entries: dict[str, dict[str, Any]] = {}
    waiting = [("", top, 0)]
    while waiting:
        place, children, depth = waiting.pop()
        if depth == _MAX_DEPTH:
            yield Skipped(f"{path}: {place}", "nested too deeply")
            continue
        for name, value in children.items():
            key = f"{place}/node_modules/{name}" if place else f"node_modules/{name}"
            entries[key] = mapping(value)
            waiting.append((key, mapping(entries[key].get("dependencies")), depth + 1))
    for key, entry in entries.items():
        name, version = name_in_folder(key), text(entry.get("version"))
        if version.startswith("npm:"):
            name, version = split_specifier(version.removeprefix("npm:"))
        needs = look_up(mapping(entry.get("requires")), key, entries)
        hard = {one: at for one, at in needs.items() if at and not entries[at].get("optional")}
        yield LockedPackage(
            "npm",
            name,
            version if version[:1].isdigit() else "",
            key,
            hard,
            {one: at for one, at in needs.items() if one not in hard},
            says_libc=False,
            optional=bool(entry.get("optional")),
            development=bool(entry.get("dev")),
            files=_files(entry),
        )


def _words(value: Any) -> tuple[str, ...]:
    """Read a list of words, or the single word that some packages have instead."""
    return tuple(texts(value)) or tuple(filter(None, (text(value),)))


def _files(entry: dict[str, Any]) -> tuple[LockedFile, ...]:
    url = text(entry.get("resolved"))
    if not url.startswith("http"):
        return ()
    return (LockedFile(url.rpartition("/")[2], url, text(entry.get("integrity"))),)
