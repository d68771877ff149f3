"""`go.mod` of Go modules: the module itself, and what it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_formats.go_mod import parse
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.model.locked_package import LockedPackage
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "go.mod"
WANTS: tuple[Want, ...] = (Want("**/go.mod", MAX_BYTES),)

_MODULE = re.compile(r'^[ \t]*module[ \t]+"?([^\s"]+)', re.MULTILINE)


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the module, under the key `module`, and the modules that it requires.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: a line that is no directive.

    Source: Go modules reference, "go.mod files".
    """
    required = {one.name: one for one in parse(path, content)}
    named = _MODULE.search(decode(path, content))
    needs = {name: f"{name} {one.version}" for name, one in required.items()}
    if named:
        yield LockedPackage("golang", named[1], "", "module", needs, direct=True)
    for one in required.values():
        yield LockedPackage("golang", one.name, one.version, f"{one.name} {one.version}")
