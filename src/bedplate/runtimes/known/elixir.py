"""Elixir, which runs on Erlang."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.model.want import KIB, Want
from bedplate.runtimes.installation import above, is_packaged, kept
from bedplate.runtimes.version_text import group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "elixir"
TITLE = "Elixir"
EOL_PRODUCT = ""

_APPLICATION = "**/lib/elixir/ebin/elixir.app"
_VERSION = re.compile(r'\{vsn,\s{0,4}"(\d[0-9A-Za-z.+-]{0,60})"\}')

WANTS: tuple[Want, ...] = (Want(_APPLICATION, 64 * KIB, head=True),)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Go by the application resource file of the compiler."""
    for path in kept(tree, _APPLICATION):
        root = above(path, "lib/elixir/ebin")
        version = group(_VERSION, tree.read(path))
        if root and version:
            yield Runtime(
                NAME,
                TITLE,
                version,
                root,
                path,
                roots=(root,),
                packaged=is_packaged(tree, root),
            )


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `ELIXIR_VERSION`."""
    name, version = variable(config, ("ELIXIR_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `1.16` of `1.16.2`."""
    return leading(version, 2)
