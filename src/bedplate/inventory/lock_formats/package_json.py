"""A project's own `package.json`: the project is a package too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.npm_packages import belongs_to_dependency, npm_package, read_package_json
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "package.json"
WANTS: tuple[Want, ...] = (Want("**/package.json", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the package that the file describes; ranges of dependencies are no packages.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.
    """
    if belongs_to_dependency(path):
        return
    fields = read_package_json(path, content)
    if fields.name and fields.version and not fields.foreign:
        yield npm_package(path, fields.name, fields.version, licenses=fields.licenses)
