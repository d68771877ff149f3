"""The installers that stand beside Python: pip, setuptools, wheel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Tool
from bedplate.runtimes.installation import below, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

_METADATA = re.compile(
    r"(pip|setuptools|wheel)-(\d[0-9A-Za-z.+!]{0,60})(?:-py3\.\d{1,2})?\.(?:dist|egg)-info"
)
_ORDER = ("pip", "setuptools", "wheel")
# What each puts into site-packages beside the folder of its own name.
_COMPANIONS = {
    "pip": (),
    "setuptools": ("_distutils_hack", "pkg_resources", "distutils-precedence.pth"),
    "wheel": (),
}


def tools(tree: Tree, prefix: str, minor: str) -> tuple[Tool, ...]:
    """Give the tools of one installation; the names of folders tell the versions.

    Args:
        tree: where to look.
        prefix: where Python stands.
        minor: `3.12`.
    """
    found = {tool.name: tool for tool in _tools(tree, prefix, minor)}
    return tuple(found[name] for name in _ORDER if name in found)


def _tools(tree: Tree, prefix: str, minor: str) -> Iterator[Tool]:
    for folder in (
        f"lib/python{minor}/site-packages",
        f"lib64/python{minor}/site-packages",
        "lib/python3/dist-packages",  # Debian's packages
        f"lib/python{minor}/dist-packages",  # pip on Debian
    ):
        site = below(prefix, folder)
        for entry in tree.children(site):
            match = _METADATA.fullmatch(entry)
            if match:
                name, version = match.groups()
                names = (name, entry, *_COMPANIONS[name])
                programs = (f"bin/{name}", f"bin/{name}3", f"bin/{name}{minor}")
                roots = (*present(tree, site, names), *present(tree, prefix, programs))
                yield Tool(name, version, roots, f"{site}/{entry}")
