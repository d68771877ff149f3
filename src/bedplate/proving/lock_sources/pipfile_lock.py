"""Pipenv: `Pipfile.lock`; hashes of files, but no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Pipfile.lock"
WANTS: tuple[Want, ...] = (Want("**/Pipfile.lock", limit=MAX_BYTES),)


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the packages of a Pipenv lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: Pipenv documentation, "Pipfile & Pipfile.lock".
    """
    for category, entries in json_document(path, content).items():
        if category == "_meta":
            continue
        for name, value in mapping(entries).items():
            entry = mapping(value)
            version = text(entry.get("version")).lstrip("= ")
            if not version:
                yield Skipped(f"{path}: {name}", "no version")
                continue
            yield LockedPackage(
                "pypi",
                name,
                version,
                f"{category} {name}",
                development=category == "develop",
                marker=text(entry.get("markers")),
                files=tuple(LockedFile("", integrity=one) for one in texts(entry.get("hashes"))),
            )
