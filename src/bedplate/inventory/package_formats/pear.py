"""PHP extensions and packages that `pecl` and `pear` installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.each_file import each_file, kept_files
from bedplate.model.package import Package
from bedplate.model.package_url import package_url
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "pear"
_GLOBS = ("**/.registry/*.reg", "**/.registry/*/*.reg")
WANTS: tuple[Want, ...] = tuple(Want(glob, 4 * MIB) for glob in _GLOBS)

_CHANNEL = "/.channel."
# Strings of PHP's serialize(): their length, then the text.
_TEXT = r's:\d{1,4}:"([^"]{1,200})"'
_NAME = re.compile(r's:4:"name";' + _TEXT)
_PACKAGE = re.compile(r's:7:"package";' + _TEXT)
_RELEASE = re.compile(r's:7:"version";(?:a:\d+:\{s:7:"release";)?' + _TEXT)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each entry of a registry.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: PEAR source code, "PEAR/Registry.php"; purl type definition "pear".
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    source = content.decode("utf-8", "replace")
    name = _NAME.search(source) or _PACKAGE.search(source)
    release = _RELEASE.search(source)
    if not name or not release:
        raise InvalidDocument(f"{path}: names no package and version")
    folder = path.rpartition("/")[0]
    channel = folder.partition(_CHANNEL)[2] or "pear.php.net"
    yield Package(
        type="pear",
        name=name[1],
        version=release[1],
        purl=package_url("pear", name[1], release[1], channel),
        location=path,
    )
