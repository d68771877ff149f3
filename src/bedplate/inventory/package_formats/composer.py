"""PHP packages that Composer installed: `vendor/composer/installed.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.composer_packages import composer_packages
from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.json_document import json_document
from bedplate.model.want import MIB, Want
from bedplate.support.json_fields import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "composer"
_GLOB = "**/composer/installed.json"
WANTS: tuple[Want, ...] = (Want(_GLOB, 16 * MIB),)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the packages of every vendor folder.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: Composer source code, "FilesystemRepository::write".
    """
    return each_file(tree, kept_files(tree, _GLOB), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    # Composer 1 wrote the bare list
    bare = content.lstrip().startswith(b"[")
    document = json_document(path, b'{"packages":' + content + b"}" if bare else content)
    development = frozenset(texts(document.get("dev-package-names")))
    return composer_packages(path, document.get("packages"), development.__contains__)
