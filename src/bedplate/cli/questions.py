"""Asks on a terminal: y, n, q."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.output import write_stream
from bedplate.errors import BadInput
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bedplate.cli.context import Context


class Questions:
    """Asks each question once; after `q` every answer is no.

    Args:
        context: its terminal is asked.

    Raises:
        BadInput: there is no terminal.
    """

    def __init__(self, context: Context) -> None:
        stdin = context.world.stdin
        if stdin is None or not stdin.isatty():
            raise BadInput("--interactive needs a terminal", "use --diff to see what would change")
        self._stdin = stdin
        self._context = context
        self._answers: dict[Hashable, bool] = {}
        self._over = False

    def ask(self, key: Hashable, question: str) -> bool:
        """Give the answer to a question; the same key has the same answer.

        Args:
            key: what is asked about.
            question: one line without an end.
        """
        if key not in self._answers:
            self._answers[key] = not self._over and self._asked(question)
        return self._answers[key]

    def _asked(self, question: str) -> bool:
        self._context.clear_progress()
        while True:
            write_stream(self._context.world.stderr, f"{harmless(question)} [y/n/q] ")
            line = self._stdin.readline()
            answer = line.strip().lower()
            if not line or answer == "q":
                self._over = True
                return False
            if answer in ("y", "yes"):
                return True
            if answer in ("n", "no"):
                return False
