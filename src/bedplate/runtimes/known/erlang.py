"""Erlang/OTP."""

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

NAME = "erlang"
TITLE = "Erlang/OTP"
EOL_PRODUCT = ""

_RELEASE = "**/releases/*/OTP_VERSION"
_VERSION = re.compile(r"\A\s{0,9}(\d{1,3}(?:\.\d{1,4}){1,4}(?:-rc\d{1,2})?)")

WANTS: tuple[Want, ...] = (Want(_RELEASE, KIB, head=True),)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Go by the file that names the release."""
    for path in kept(tree, _RELEASE):
        root = above(path, "releases")
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
    """Trust `OTP_VERSION`."""
    name, version = variable(config, ("OTP_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `26` of `26.2.1`."""
    return leading(version, 1)
