"""COPY --from moves programs from a newer glibc to an older one.

A program that was linked on the newer release may need symbols that the older one does not have:
`version GLIBC_2.38 not found`.

Fix: build on the release of the final stage or an older one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.program_copies import program_copies
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = ("FROM python:3.13-trixie AS b\nFROM python:3.13-slim-bookworm\nCOPY --from=b /venv /venv\n",)
GOOD = (
    "FROM python:3.13-bookworm AS b\nFROM python:3.13-slim-trixie\nCOPY --from=b /venv /venv\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find copies of program folders to a release with an older glibc."""
    for copy in program_copies(file):
        newer, older = copy.source.glibc, copy.target.glibc
        if newer and older and newer > older:
            releases = f"{copy.source.release} go to {copy.target.release}"
            yield Hit(copy.step, f"programs of {releases}, whose glibc is older")
