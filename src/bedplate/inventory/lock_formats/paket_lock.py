"""`paket.lock` of Paket, for .NET."""

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

NAME = "paket.lock"
WANTS: tuple[Want, ...] = (Want("**/paket.lock", MAX_BYTES),)

# Four blanks for a package, six for what it depends on.
_PACKAGE = re.compile(r" {4}(\S+) \((\S+)\)(?: .*)?")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages from NuGet feeds, in all groups.

    Args:
        path: of the file.
        content: of the file.

    Source: Paket documentation, "The paket.lock file".
    """
    section = ""
    found = []
    for line in decode(path, content).splitlines():
        if line and not line[0].isspace():
            section = line.strip()
        elif section == "NUGET" and (match := _PACKAGE.fullmatch(line)):
            found.append(language_package("nuget", path, match[1], match[2]))
    yield from merge(found)
