"""A Go or Rust program goes to scratch without certificates.

Without them every TLS connection of the program fails; without zone data local times do.

Fix: copy `/etc/ssl/certs/ca-certificates.crt` from the build stage, or stand on a distroless
static image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = ("FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /app /app\n",)
GOOD = ("FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /app /etc/ssl/certs /\n",)

_MARKS = ("/etc/ssl", "ca-certificates", "/etc/pki", "cacert")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find final stages on scratch that get a program but no certificates."""
    last = len(file.stages) - 1
    base = guess_stage(file, last) if last > 0 else None
    if base is None or base.distro != "scratch":
        return
    copies = [step for step in file.direct("COPY", "ADD") if step.stage in file.lineage(last)]
    words = " ".join(word for step in copies for word in step.words)
    builders = (guess_stage(file, index) for index in range(last))
    compiled = any(one is not None and one.name in ("golang", "rust") for one in builders)
    if copies and compiled and not any(mark in words for mark in _MARKS):
        yield Hit(file.origin(last), "scratch has no certificates, and none are copied")
