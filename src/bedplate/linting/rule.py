"""The contract of an entry on the shelf `rules/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step
    from bedplate.model.edit import Fix
    from bedplate.model.severity import Severity
    from bedplate.model.span import Span


class Hit(NamedTuple):
    """One place that breaks a rule; `lint` makes a Violation of it.

    Args:
        step: the instruction.
        message: what is wrong, one line without a final stop.
        span: the characters to mark; None for the first line of the instruction.
        twins: which codes of the rule's TWINS other linters report here; None for all.
        fix: how to repair it.
        line: the line to report; 0 for the first one of the instruction.
    """

    step: Step
    message: str
    span: Span | None = None
    twins: tuple[str, ...] | None = None
    fix: Fix | None = None
    line: int = 0


class Rule(Protocol):
    """One rule. Its id is the name of its module with dashes.

    The module's docstring is its documentation: a first line that says what it finds, then why
    that is bad, then how to repair it. BAD and GOOD are whole Dockerfiles or fragments: the docs
    show the first of each, and tests run all of them. A module with OPT_IN = True beside them runs
    only when the settings enable or select it. DOCKERIGNORE is the .dockerignore of BAD and GOOD.
    """

    __name__: str
    SEVERITY: Severity

    @property
    def TWINS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Codes of other linters that mean the same."""
        ...

    @property
    def BAD(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Texts in which the rule finds something."""
        ...

    @property
    def GOOD(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Texts in which it finds nothing."""
        ...

    def check(self, file: LintedFile, /) -> Iterator[Hit]:
        """Find the places that break the rule, in any order."""
        ...
