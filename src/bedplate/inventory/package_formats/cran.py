"""R packages that are installed: `DESCRIPTION` in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.deb822 import paragraphs
from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.language_package import language_package
from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "cran"
_GLOBS = ("**/library/*/DESCRIPTION", "**/site-library/*/DESCRIPTION")
WANTS: tuple[Want, ...] = tuple(Want(glob, 256 * KIB) for glob in _GLOBS)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each folder of a library; the base packages are R's own.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: "Writing R Extensions", section 1.1.1; purl type definition "cran".
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    wanted = ("package", "version", "license", "priority")
    fields = next(paragraphs(content, wanted), {})
    name, version = fields.get("package", ""), fields.get("version", "")
    if not name or not version:
        raise InvalidDocument(f"{path}: names no package and version")
    stated = fields.get("license", "")
    yield language_package(
        "cran",
        path,
        name,
        version,
        licenses=(stated,) if stated else (),
        bundled_in="r" if fields.get("priority") == "base" else "",
    )
