"""Deno: one program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.runtimes.installation import program, programs
from bedplate.runtimes.version_text import found, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

NAME = "deno"
TITLE = "Deno"
EOL_PRODUCT = "deno"

_PROGRAM = "**/bin/deno"

# The user agent. Rust packs strings without a stop between them, so what follows the
# version must show that it ended.
_SEARCH = rb"Deno/(\d{1,3}\.\d{1,3}\.\d{1,3})(?:\+[0-9a-f]{7}|[^-+.0-9a-z])"

WANTS: tuple[Want, ...] = program(_PROGRAM, _SEARCH, b"Deno/")


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every program whose own words show that it is Deno."""
    for path in programs(tree, _PROGRAM):
        if version := found(tree, path):
            yield Runtime(NAME, TITLE, version, path, evidence=path, roots=(path,))


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `DENO_VERSION`."""
    name, version = variable(config, ("DENO_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `2.9` of `2.9.8`; the first major had one cycle."""
    return "1" if version.startswith("1.") else leading(version, 2)
