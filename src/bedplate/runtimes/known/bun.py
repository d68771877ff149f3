"""Bun: one program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.model.want import MIB, Want
from bedplate.runtimes.installation import program, programs
from bedplate.runtimes.version_text import found, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "bun"
TITLE = "Bun"
EOL_PRODUCT = "bun"

_PROGRAM = "**/bin/bun"
_VERSION = rb"(\d{1,3}\.\d{1,3}\.\d{1,3})"

WANTS: tuple[Want, ...] = (
    # the banner of a crash report; before 1.4 only the user agent
    *program(_PROGRAM, rb"Bun v" + _VERSION, b"Bun v"),
    Want(_PROGRAM, 256 * MIB, search=rb"Bun/" + _VERSION, needle=b"Bun/"),
)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every program whose own words show that it is Bun."""
    for path in programs(tree, _PROGRAM):
        if version := found(tree, path):
            yield Runtime(NAME, TITLE, version, path, evidence=path, roots=(path,))


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `BUN_VERSION`."""
    name, version = variable(config, ("BUN_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `1` of `1.4.5`."""
    return leading(version, 1)
