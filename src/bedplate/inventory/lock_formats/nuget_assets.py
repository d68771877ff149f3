"""`project.assets.json`, which `dotnet restore` leaves in `obj`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "project.assets.json"
WANTS: tuple[Want, ...] = (Want("**/project.assets.json", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the restored packages; projects beside it are not among them.

    Args:
        path: of the file.
        content: of the file.

    Source: NuGet documentation, "Package restore".
    """
    for key, fields in mapping(json_document(path, content).get("libraries")).items():
        name, _, version = key.partition("/")
        if name and version and mapping(fields).get("type") != "project":
            yield language_package("nuget", path, name, version)
