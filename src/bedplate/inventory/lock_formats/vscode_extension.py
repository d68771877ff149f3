"""VS Code extensions: the npm packages inside a `.vsix` archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.npm_packages import name_in_folder, npm_package, read_package_json
from bedplate.inventory.zip_members import zip_members
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "VS Code extension"
WANTS: tuple[Want, ...] = (Want("**/*.vsix", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the packages in `node_modules` folders of the archive.

    Args:
        path: where it stands.
        content: the whole archive.

    Raises:
        InvalidDocument: not a zip archive.
    """
    for member, data in zip_members(path, content, _is_package):
        place = f"{path}/{member}"
        try:
            fields = read_package_json(place, data)
        except InvalidDocument as error:
            yield Skipped(place, error.message.removeprefix(f"{place}: "))
            continue
        if fields.name and fields.version:
            yield npm_package(place, fields.name, fields.version, licenses=fields.licenses)


def _is_package(member: str) -> bool:
    return member.endswith("/package.json") and name_in_folder(member) != ""
