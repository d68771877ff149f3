"""RUN uses a command that makes no sense in a build.

No one sits at the terminal, no service runs on, and nothing is mounted when the layer is saved.

Fix: leave the command out; what must run with the container belongs to CMD or ENTRYPOINT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS = ("DL3001",)
BAD = (
    "FROM debian:12\nRUN service nginx start\n",
    "FROM debian:12\nRUN make && ps aux\n",
)
GOOD = (
    'FROM debian:12\nCMD ["service", "nginx", "start"]\n',
    "FROM debian:12\nRUN apt-get install -y ssh vim\n",
)

_POINTLESS = frozenset(("free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions in which a command is one of them; each is told once."""
    for run, commands in file.runs_of(_POINTLESS):
        first = commands[0]
        yield Hit(run.step, f"{first.name} in a build", Span(first.start, first.end))
