"""ARG or ENV has a name that tells of a secret.

Values of ARG and ENV stay in the image's history and configuration, for everyone who can pull it.

Fix: give secrets by `RUN --mount=type=secret`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3064", "SecretsUsedInArgOrEnv")
BAD = (
    "FROM debian:12\nENV API_TOKEN=abc\n",
    "FROM debian:12\nARG PASSWORD\n",
)
GOOD = (
    "FROM debian:12\nENV PUBLIC_KEY=abc\n",
    "FROM debian:12\nENV MODE=token\n",
)

_HADOLINT = re.compile("password|secret|token|api_key|private_key|access_key", re.IGNORECASE)
_WORDS = "apikey|auth|credential|credentials|key|password|pword|passwd|secret|token"
_BUILDKIT = re.compile(f"(?:_|^)(?:{_WORDS})(?:_|$)", re.IGNORECASE)
_PUBLIC = re.compile("(?:_|^)public(?:_|$)", re.IGNORECASE)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find variables whose name is that of a secret."""
    for step in file.of("ARG", "ENV"):
        for pair in step.instruction.pairs:
            twins = tuple(_reported_by(pair.name, step.stage, onbuild=step.onbuild))
            if twins:
                yield Hit(step, f"{pair.name} looks like a secret", pair.span, twins)


def _reported_by(name: str, stage: int, *, onbuild: bool) -> Iterator[str]:
    if _HADOLINT.search(name):
        yield "DL3064"
    if stage >= 0 and not onbuild and _BUILDKIT.search(name) and not _PUBLIC.search(name):
        yield "SecretsUsedInArgOrEnv"
