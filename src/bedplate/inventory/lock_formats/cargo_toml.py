"""`Cargo.toml`: what a crate is itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "Cargo.toml"
WANTS: tuple[Want, ...] = (Want("**/Cargo.toml", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the crate; what it depends on are ranges, which `Cargo.lock` resolves.

    Args:
        path: of the file.
        content: of the file.

    Source: The Cargo Book, "The Manifest Format".
    """
    crate = mapping(toml_document(path, content).get("package"))
    name, version = text(crate.get("name")), text(crate.get("version"))
    if name and version:  # in a workspace, the version may be that of the root
        stated = text(crate.get("license"))
        yield language_package("cargo", path, name, version, licenses=(stated,) if stated else ())
