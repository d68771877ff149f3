"""Yarn: `yarn.lock` of Yarn 1 and of Yarn 2 and later ("berry")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.npm_packages import split_specifier
from bedplate.inventory.yarn_blocks import YarnBlock, yarn_blocks
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "yarn lock file"
WANTS: tuple[Want, ...] = (Want("**/yarn.lock", limit=MAX_BYTES),)

_CONDITION = re.compile(r"(os|cpu|libc)=([A-Za-z0-9_-]+)")
# Berry leaves the protocol of the usual registry out of what is asked for.
_DEFAULT = "npm:"


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the packages of a yarn lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: a line that no version of Yarn writes.

    Source: Yarn documentation, "yarn.lock"; berry's `conditions` field.
    """
    blocks = [one for one in yarn_blocks(path, decode(path, content)) if _is_package(one)]
    keys = {specifier: block.specifiers[0] for block in blocks for specifier in block.specifiers}
    for block in blocks:
        version = block.fields.get("version", "")
        if version:
            yield _package(block, keys)
        else:
            yield Skipped(f"{path}: {block.specifiers[0]}", "no version")


def _is_package(block: YarnBlock) -> bool:
    return block.specifiers[0] != "__metadata" and not block.is_workspace


def _package(block: YarnBlock, keys: Mapping[str, str]) -> LockedPackage:
    resolution = block.fields.get("resolution", "")
    name, reference = split_specifier(resolution or block.specifiers[0])
    if not resolution and reference.startswith(_DEFAULT):
        name = split_specifier(reference.removeprefix(_DEFAULT))[0] or name
    conditions = _CONDITION.findall(block.fields.get("conditions", ""))
    needs = {one: _key(one, wanted, keys) for one, wanted in block.needs.items()}
    return LockedPackage(
        "npm",
        name,
        block.fields["version"],
        block.specifiers[0],
        {one: key for one, key in needs.items() if one not in block.optional},
        {one: key for one, key in needs.items() if one in block.optional},
        systems=_words(conditions, "os"),
        processors=_words(conditions, "cpu"),
        libcs=_words(conditions, "libc"),
        # Yarn 1 writes no conditions at all.
        says_libc=bool(resolution),
        files=_files(block),
    )


def _key(name: str, wanted: str, keys: Mapping[str, str]) -> str:
    return keys.get(f"{name}@{wanted}") or keys.get(f"{name}@{_DEFAULT}{wanted}") or ""


def _words(conditions: list[tuple[str, str]], field: str) -> tuple[str, ...]:
    return tuple(word for name, word in conditions if name == field)


def _files(block: YarnBlock) -> tuple[LockedFile, ...]:
    url, _, sha1 = block.fields.get("resolved", "").partition("#")
    if not url.startswith("http"):
        return ()
    integrity = block.fields.get("integrity", "") or (f"sha1:{sha1}" if sha1 else "")
    return (LockedFile(url.rpartition("/")[2], url, integrity),)
