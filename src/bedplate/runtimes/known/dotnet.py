""".NET: shared frameworks and software development kits below one folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.model.want import Want
from bedplate.runtimes.installation import above, is_packaged, kept
from bedplate.runtimes.version_text import leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "dotnet"
TITLE = ".NET"
EOL_PRODUCT = "dotnet"

_FRAMEWORK = "**/shared/*/*/Microsoft.NETCore.App.deps.json"
_WEB_FRAMEWORK = "**/shared/*/*/Microsoft.AspNetCore.App.deps.json"
_VERSION = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,4}(?:-[0-9A-Za-z.-]{1,60})?")

WANTS: tuple[Want, ...] = (Want(_FRAMEWORK, 1, head=True), Want(_WEB_FRAMEWORK, 1, head=True))


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every version of the framework, the newest first, then of ASP.NET Core.

    What stands beside the frameworks (host, packs) goes with the newest one.
    """
    frameworks = _versions(tree, _FRAMEWORK)
    seen = set()
    for folder, version, evidence in frameworks:
        root = above(folder, "shared")
        first = root not in seen
        seen.add(root)
        yield Runtime(
            NAME,
            TITLE,
            version,
            root,
            evidence,
            bundled=_kits(tree, root) if first else (),
            roots=(root,) if first else (folder,),
            # the vendor's own packages and images both use usr/share
            packaged=is_packaged(tree, root) and not root.startswith("usr/share/"),
        )
    for folder, version, evidence in _versions(tree, _WEB_FRAMEWORK):
        yield Runtime("aspnetcore", "ASP.NET Core", version, folder, evidence, roots=(folder,))


def _versions(tree: Tree, glob: str) -> list[tuple[str, str, str]]:
    """List folder, version and evidence, the newest version first."""
    found = []
    for path in kept(tree, glob):
        folder = path.rpartition("/")[0]
        version = folder.rpartition("/")[2]
        if _VERSION.fullmatch(version) and above(path, "shared"):
            found.append((folder, version, path))
    return sorted(found, key=lambda item: _numbers(item[1]), reverse=True)


def _numbers(version: str) -> tuple[list[int], bool]:
    numbers, _, preview = version.partition("-")
    return [int(number) for number in numbers.split(".")], not preview


def _kits(tree: Tree, root: str) -> tuple[Tool, ...]:
    return tuple(
        Tool("dotnet-sdk", name, (f"{root}/sdk/{name}",), f"{root}/sdk/{name}")
        for name in tree.children(f"{root}/sdk")
        if _VERSION.fullmatch(name)
    )


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust the version of the runtime before that of what is built on it."""
    name, version = variable(config, ("DOTNET_VERSION", "ASPNET_VERSION"))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `8` of `8.0.11`, and `3.1` of `3.1.32`: one number only since 5."""
    major = leading(version, 1)
    return major if major and int(major) >= 5 else leading(version, 2)
