"""RUN has a pipe, and only its last command can fail.

`curl ... | tar x` succeeds when curl does not: the build goes on with half of the files.

Fix: `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before it, where the base has bash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Run

SEVERITY = Severity.WARNING
TWINS = ("DL4006",)
BAD = (
    "FROM debian:12\nRUN curl https://files.example/a | tar x\n",
    'FROM debian:12\nSHELL ["/bin/sh", "-o", "pipefail", "-c"]\nRUN a | b\n',
    'FROM a:1 AS a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM a\nRUN a | b\n',
)
GOOD = (
    'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\n',
    'FROM debian:12\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN a | b\n',
    'FROM a:1\nSHELL ["pwsh", "-c"]\nRUN a | b\n',
    "FROM debian:12\nRUN a || b\n",
    "FROM debian:12\nRUN case x in a|b) c;; esac\n",
    "FROM debian:12\nONBUILD RUN a | b\n",
)

_SHELLS = frozenset(
    f"{folder}{name}" for name in ("ash", "bash", "zsh") for folder in ("", "/bin/")
)
_OTHER_SHELLS = ("cmd", "powershell", "pwsh")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions with a pipe under a shell that does not watch over it."""
    piped = {id(run.step.instruction): run for run in file.runs if _has_pipe(run)}
    is_watched = False
    for instruction in file.dockerfile.instructions if piped else ():
        if instruction.keyword == "FROM":
            is_watched = False
        elif instruction.keyword == "SHELL":
            is_watched = _watches([word.text for word in instruction.arguments])
        elif not is_watched and (run := piped.get(id(instruction))):
            first = next((one for one in run.commands if one.piped), run.commands[0])
            span = Span(first.start, first.end)
            yield Hit(run.step, f"when {first.name or 'this'} fails, the pipe does not", span)


def _has_pipe(run: Run) -> bool:
    instruction = run.step.instruction
    # a here-document that is the input of a pipe is a whole that fails or not
    fed = instruction.heredocs and not instruction.value.lstrip().startswith("<<")
    return not fed and any(command.piped for command in run.commands)


def _watches(words: list[str]) -> bool:
    """Tell whether a shell fails with any command of a pipe, or is none that has pipes of text."""
    words = " ".join(words).split()
    if not words:
        return False
    if words[0].startswith(_OTHER_SHELLS):
        return True
    sets_option = any(word[0] == "-" and "o" in word for word in words)
    return words[0] in _SHELLS and sets_option and "pipefail" in words
