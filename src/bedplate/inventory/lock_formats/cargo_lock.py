"""`Cargo.lock` of Cargo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.source_url import git_source
from bedplate.inventory.toml_document import toml_document
from bedplate.model.want import Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "Cargo.lock"
WANTS: tuple[Want, ...] = (Want("**/Cargo.lock", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield all crates, those of the workspace too: the file does not tell them from others.

    Args:
        path: of the file.
        content: of the file.

    Source: The Cargo Book, "Cargo.toml vs Cargo.lock"; cargo's "resolver/encode.rs".
    """
    yield from merge(_packages(path, content))


def _packages(path: str, content: bytes) -> Iterator[Package]:
    for crate in map(mapping, items(toml_document(path, content).get("package"))):
        name, version = text(crate.get("name")), text(crate.get("version"))
        if not name or not version:
            continue
        url, _, revision = text(crate.get("source")).partition("#")
        qualifiers = git_source(url, revision) if url.startswith("git+") else None
        yield language_package("cargo", path, name, version, qualifiers=qualifiers)
