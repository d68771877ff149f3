"""`COPY --from` of folders that hold programs or libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.base_guess import BaseGuess, copied_stage, guess_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

# Folders in which binaries are the rule; other copies may be text, or linked statically.
_PARTS = ("/bin/", "/sbin/", "/lib/", "/lib64/", "/node_modules/", "/site-packages/")
_ENVIRONMENTS = ("/venv/", "/.venv/")


class ProgramCopy(NamedTuple):
    """One COPY.

    Args:
        step: the instruction.
        source: image that the programs come from.
        target: image that they go to.
    """

    step: Step
    source: BaseGuess
    target: BaseGuess


def program_copies(file: LintedFile) -> Iterator[ProgramCopy]:
    """Find copies of program folders between stages of which something is known."""
    for step in file.direct("COPY"):
        flag = step.instruction.flag("from")
        if flag is None or not flag.value or step.stage < 0 or not _holds_programs(step.words):
            continue
        source = copied_stage(file, flag.value, step.stage)
        target = guess_stage(file, step.stage)
        if source is not None and target is not None:
            yield ProgramCopy(step, source, target)


def _holds_programs(words: list[str]) -> bool:
    folders = [f"/{word.strip('/')}/" for word in words[:-1]]
    return any(part in folder for folder in folders for part in (*_PARTS, *_ENVIRONMENTS))
