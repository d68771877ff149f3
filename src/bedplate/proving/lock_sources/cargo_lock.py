"""`Cargo.lock` of Cargo: the crates of the workspace, and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.toml_document import toml_document
from bedplate.model.locked_package import LockedPackage
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Cargo.lock"
WANTS: tuple[Want, ...] = (Want("**/Cargo.lock", MAX_BYTES),)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the crates; those of the workspace, which have no source, are direct.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: The Cargo Book, "Cargo.toml vs Cargo.lock"; cargo's "resolver/encode.rs".
    """
    for crate in map(mapping, items(toml_document(path, content).get("package"))):
        name, version = text(crate.get("name")), text(crate.get("version"))
        if name and version:
            needs = {one.partition(" ")[0]: "" for one in texts(crate.get("dependencies"))}
            own = not text(crate.get("source"))
            yield LockedPackage("cargo", name, version, f"{name} {version}", needs, direct=own)
