"""LABEL has a key that tools may refuse.

Docker reserves some beginnings, and asks for small letters, digits, dots and dashes.

Fix: name the key by a domain that is yours, as `com.example.release`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("DL3048",)
BAD = (
    "FROM debian:12\nLABEL Vendor=x\n",
    "FROM debian:12\nLABEL com.docker.mine=x\n",
    "FROM debian:12\nLABEL a--b=x\n",
)
GOOD = (
    "FROM debian:12\nLABEL com.example.vendor=x\n",
    "FROM debian:12\nLABEL org.opencontainers.image.source=x\n",
)

_RESERVED = ("com.docker.", "io.docker.", "org.dockerproject.")
# As hadolint has it, which lets slashes and low lines pass, too.
_KEY = re.compile(r"(?!.*(?:\.\.|--))[a-z](?:[a-z0-9._/-]*[a-z0-9])?")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions with such a key; each is told once, with its first one."""
    for step in file.direct("LABEL"):
        for pair in step.instruction.pairs:
            key = unquoted(pair.name)
            if key == pair.name:
                key = key.replace('"', "").replace("'", "")
            if not _KEY.fullmatch(key) or key.startswith(_RESERVED):
                yield Hit(step, f"label {key} is not well named", pair.span)
                break
