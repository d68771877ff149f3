"""Pipenv: `Pipfile.lock`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.source_url import git_source
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "Pipfile.lock"
WANTS: tuple[Want, ...] = (Want("**/Pipfile.lock", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the packages of a Pipenv lock file.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: Pipenv documentation, "Pipfile & Pipfile.lock"; every key but `_meta` is a
    category.
    """
    packages = []
    for category, entries in json_document(path, content).items():
        if category == "_meta":
            continue
        for name, value in mapping(entries).items():
            entry = mapping(value)
            version = text(entry.get("version")).lstrip("= ")
            repository = text(entry.get("git"))
            if not name or not (version or repository):
                yield Skipped(f"{path}: {name}", "no version")
                continue
            packages.append(
                pypi_package(
                    path,
                    name,
                    version,
                    source=git_source(repository, text(entry.get("ref"))) if repository else None,
                    development=category == "develop",
                )
            )
    yield from merge(packages)
