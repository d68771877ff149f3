"""USER names the user by name, not by number.

Kubernetes can check `runAsNonRoot` only for a number; a name needs the image's /etc/passwd.

Fix: write the number, as `USER 1000`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS = ("DL3066",)
BAD = ("FROM debian:12\nUSER app\n",)
GOOD = (
    "FROM debian:12\nUSER 1000\n",
    "FROM debian:12\nARG APP=1000\nUSER $APP\n",
)

_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find users that are neither numbers nor an ARG."""
    arguments = {p.name for step in file.direct("ARG") for p in step.instruction.pairs}
    for step in file.direct("USER"):
        if not step.instruction.arguments:
            continue
        user = step.instruction.value.strip().partition(":")[0]
        variable = _VARIABLE.fullmatch(user)
        if variable and (variable.group(1) or variable.group(2)) in arguments:
            continue
        if not (user.isascii() and user.isdecimal()):
            yield Hit(step, f"user {user} is not a number")
