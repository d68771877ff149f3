"""`vendor/modules.txt` of Go: the modules whose code is in the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "vendor/modules.txt"
WANTS: tuple[Want, ...] = (Want("**/vendor/modules.txt", MAX_BYTES),)

_MODULE = re.compile(r"# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the modules, each as it is replaced; those from a folder have no version.

    Args:
        path: of the file.
        content: of the file.

    Source: Go modules reference, "Vendoring".
    """
    found = []
    for line in decode(path, content).splitlines():
        match = _MODULE.fullmatch(line.strip())
        if match is None:
            continue
        name, version = (match[3], match[4]) if match[3] else (match[1], match[2])
        if version:
            found.append(language_package("golang", path, name, version))
    yield from merge(found)
