"""Bun: `bun.lock`, the text lock file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.json_document import relaxed_json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.npm_packages import split_specifier
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.proving.development import mark_development
from bedplate.proving.node_lookup import look_up
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "bun lock file"
WANTS: tuple[Want, ...] = (Want("**/bun.lock", limit=MAX_BYTES),)

_PRODUCTION = ("dependencies", "optionalDependencies", "peerDependencies")


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the packages of a bun lock file.

    Args:
        path: where it stands.
        content: the whole file; comments and trailing commas are allowed.

    Raises:
        InvalidDocument: not JSON even so, or not of bun.

    Source: Bun documentation, "Lockfile", and its `bun.lock.d.ts`.
    """
    document = relaxed_json_document(path, content)
    if not isinstance(document.get("lockfileVersion"), int):
        raise InvalidDocument(f"{path}: not a bun lock file: lockfileVersion is not a number")
    trusted = frozenset(texts(document.get("trustedDependencies")))
    entries = mapping(document.get("packages"))
    workspaces = [mapping(one) for one in mapping(document.get("workspaces")).values()]
    names = [
        name for one in workspaces for field in _PRODUCTION for name in mapping(one.get(field))
    ]
    packages: list[LockedPackage] = []
    for one in _packages(path, entries, trusted):
        if isinstance(one, Skipped):
            yield one
        else:
            packages.append(one)
    wanted = look_up(names, "", entries, folder="").values()
    yield from mark_development(packages, wanted, told=bool(workspaces))


def _packages(
    path: str, entries: dict[str, Any], trusted: frozenset[str]
) -> Iterator[LockedPackage | Skipped]:
    for key, value in entries.items():
        fields = items(value)
        name, reference = split_specifier(text(next(iter(fields), None)))
        if not name or not reference:
            yield Skipped(f"{path}: {key}", "names no package and version")
        elif not reference.startswith(("workspace:", "root:")):
            details = next((one for one in fields if isinstance(one, dict)), {})
            optional = mapping(details.get("optionalDependencies"))
            yield LockedPackage(
                "npm",
                name,
                reference if reference[0].isdigit() else "",
                key,
                look_up(mapping(details.get("dependencies")), key, entries, folder=""),
                look_up(optional, key, entries, folder=""),
                systems=_words(details.get("os")),
                processors=_words(details.get("cpu")),
                libcs=_words(details.get("libc")),
                allowed=True if name in trusted else None,
                files=_files(fields),
            )


def _words(value: Any) -> tuple[str, ...]:
    """Read one word, or a list of them."""
    return tuple(texts(value)) or tuple(filter(None, (text(value),)))


def _files(fields: list[Any]) -> tuple[LockedFile, ...]:
    """Give the tarball: its address is empty for the usual registry, its digest is the last."""
    address = text(fields[1]) if len(fields) > 1 else ""
    integrity = text(fields[-1])
    url = address if address.startswith("http") else ""
    known = integrity.startswith("sha")
    return (LockedFile(url.rpartition("/")[2], url, integrity if known else ""),)
