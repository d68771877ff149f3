"""The commands of a RUN in JSON form: `["sh", "-c", "make && make install"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.command import Command, Word
from bedplate.linting.shell_commands import parse_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.dockerfile import Word as Argument

_OPERATORS = frozenset(";&|\n")


def exec_form_commands(arguments: Sequence[Argument]) -> list[Command]:
    """Find what an instruction in JSON form runs.

    It is one command; but an argument that is a script of several, as for `sh -c`, is read as
    hadolint does: all arguments in one line. Where one has escapes, so that its characters do
    not stand in the file one by one, it stays one command.

    Args:
        arguments: the decoded strings, and where they stand.
    """
    if not arguments:
        return []
    exact = all(word.span.end - word.span.start == len(word.text) + 2 for word in arguments)
    if not exact or all(_OPERATORS.isdisjoint(word.text) for word in arguments):
        return [Command([Word(word.text, *word.span) for word in arguments], {})]
    places: list[int] = []
    for word in arguments:
        places += range(word.span.start + 1, word.span.end)  # the last is that of the blank
    return [_moved(one, places) for one in parse_commands(" ".join(w.text for w in arguments))]


def _moved(command: Command, places: list[int]) -> Command:
    """Put a command where its characters stand in the file."""
    command.words = [
        word._replace(start=places[word.start], end=places[word.end - 1] + 1)
        for word in command.words
    ]
    if command.end:
        command.end = places[command.end - 1] + 1
        command.start = places[command.start]
    return command
