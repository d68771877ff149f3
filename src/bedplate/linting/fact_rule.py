"""The contract of an entry on the shelf `fact_rules/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage
    from bedplate.model.edit import Fix
    from bedplate.model.severity import Severity
    from bedplate.model.span import Span


class Claim(NamedTuple):
    """One thing that is wrong with an image; `check_facts` makes a Violation of it.

    Args:
        message: what is wrong, one line without a final stop.
        evidence: what shows it, a line each; empty for all answers that were had.
        fix: how to repair it.
        span: the characters to mark; None for the whole reference.
        line: first line of the instruction, from 1; None for that of the image.
        twins: which codes of the rule's TWINS other linters report here.
    """

    message: str
    evidence: tuple[str, ...] = ()
    fix: Fix | None = None
    span: Span | None = None
    line: int | None = None
    twins: tuple[str, ...] = ()


class FactRule(Protocol):
    """One rule over what is known of an image. Its id is the name of its module with dashes.

    The module's docstring is its documentation: a first line that says what it finds, why that
    is bad, an example, how to repair it, and whether the repair is safe. TWINS beside it, where
    other linters have such a rule, are their codes.
    """

    __name__: str
    SEVERITY: Severity

    def check(self, image: LintedImage, /) -> Iterator[Claim]:
        """Say what is wrong with an image; silent about what is not known."""
        ...
