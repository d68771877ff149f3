"""COPY --from names something that is no earlier stage and no image with a tag.

It is taken for an image, which is then downloaded without anyone having said which version.

Fix: name an earlier stage, or an image with its tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3022",)
BAD = ("FROM debian:12\nCOPY --from=builder /app /app\n",)
GOOD = (
    "FROM golang:1.26 AS builder\nFROM debian:12\nCOPY --from=builder /app /app\n",
    "FROM debian:12\nCOPY --from=nginx:1.29 /etc/nginx /etc/nginx\n",
    "FROM debian:12\nFROM debian:12\nCOPY --from=0 /app /app\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find sources that no earlier stage defines."""
    for step in file.direct("COPY"):
        flag = step.instruction.flag("from")
        source = unquoted(flag.value or "") if flag else ""
        if not source or ":" in source or _is_earlier(file, source, step.stage):
            continue
        yield Hit(step, f"{source} is no earlier stage", flag.span if flag else None)


def _is_earlier(file: LintedFile, source: str, stage: int) -> bool:
    if source.isdecimal():
        return len(source) < 6 and int(source) <= stage
    return file.stage_indexes.get(source.lower(), stage + 1) <= stage
