"""pip: `requirements.txt` and its kin; exact pins only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.python_pins import belongs_to_installed, read_pin
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "requirements file"
WANTS: tuple[Want, ...] = (
    Want("**/*requirements*.txt", limit=MAX_BYTES),
    Want("**/requirements/*.txt", limit=MAX_BYTES),
)

# A comment is not continued, whatever it ends with.
_COMMENT = re.compile(r"^[ \t]*+#[^\n]*", re.MULTILINE)
_CONTINUED = re.compile(r"\\\r?\n")


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the requirements that are pinned to one version.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        LimitExceeded: too large.

    Source: pip documentation, "Requirements File Format".
    """
    if belongs_to_installed(path):
        return
    source = _COMMENT.sub("", decode(path, content, lenient=True))
    packages, open_ended = [], 0
    for line in _CONTINUED.sub(" ", source).splitlines():
        requirement = line.strip()
        pin = read_pin(requirement)
        if pin:
            packages.append(pypi_package(path, pin.name, pin.version))
        elif requirement[:1].isalnum():
            open_ended += 1
    yield from merge(packages)
    if open_ended:
        yield Skipped(path, f"requirements without an exact version: {open_ended}")
