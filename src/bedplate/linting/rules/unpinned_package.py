"""A package is installed without a version.

Two builds of the same file give two different images, and nobody sees when that happens.

Fix: name the version, as `curl=7.88.1-10` or `flask==3.0.3`, or install from a lock file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bedplate.linting.package_pins import unpinned
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Word
    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3008", "DL3013", "DL3016", "DL3018", "DL3028", "DL3033", "DL3037", "DL3041", "DL3062")
BAD = (
    "RUN apt-get install -y curl\n",
    "RUN pip install flask\n",
    "RUN apk add curl\n",
    "RUN npm install express\n",
    "RUN go install example.com/tool@latest\n",
)
GOOD = (
    "RUN apt-get install -y curl=7.88.1-10\n",
    "RUN pip install flask==3.0.3\n",
    "RUN pip install -r requirements.txt\n",
    "RUN apk add curl=8.9.0-r0\n",
    "RUN npm ci\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find packages without a version, once for each package manager of a RUN."""
    for run in file.runs:
        found: dict[str, list[Word]] = {}
        for command in run.commands:
            code, words = unpinned(command, partial(file.knows, run.step.stage))
            if words:
                found.setdefault(code, []).extend(words)
        for code, words in found.items():
            names = ", ".join(word.text for word in words[:5])
            more = ", ..." if len(words) > 5 else ""
            span = Span(words[0].start, words[0].end)
            yield Hit(run.step, f"no version of {names}{more}", span, (code,))
