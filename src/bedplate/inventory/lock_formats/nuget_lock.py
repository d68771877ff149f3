"""`packages.lock.json` of NuGet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "packages.lock.json"
WANTS: tuple[Want, ...] = (Want("**/packages.lock.json", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the resolved packages of all target frameworks; projects beside it have none.

    Args:
        path: of the file.
        content: of the file.

    Source: NuGet documentation, "Locking dependencies".
    """
    yield from merge(_packages(path, content))


def _packages(path: str, content: bytes) -> Iterator[Package]:
    frameworks = mapping(json_document(path, content).get("dependencies"))
    for framework in map(mapping, frameworks.values()):
        for name, fields in framework.items():
            version = text(mapping(fields).get("resolved"))
            if name and version:
                direct = mapping(fields).get("type") == "Direct"
                yield language_package("nuget", path, name, version, direct=direct)
