"""Advice in Markdown, for the text of a change request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting import advice_words as words
from bedplate.reporting.markdown_text import markdown_rows, markdown_table, markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.advice import Advice
    from bedplate.reporting.look import Look

NAME = "markdown"


def write(advice: Advice, _look: Look) -> str:
    """Write the advice."""
    return "\n".join(_lines(advice)).rstrip("\n") + "\n"


def _lines(advice: Advice) -> Iterator[str]:
    yield f"## {markdown_text(words.headline(advice))}"
    yield ""
    yield markdown_text(words.subject(advice))
    yield ""
    yield from _section("Why", advice.why)
    yield from _section("What it gains", advice.gains)
    yield from _section("Refused", _refused(advice))
    yield "### Candidates"
    yield ""
    yield from markdown_table(words.TITLES, markdown_rows(map(words.row, advice.judgements)))
    notes = (f"{name}: {words.reason(remark)}" for name, remark in words.notes(advice))
    yield from _section("To know", notes)
    needs = (f"{label}: {told}" for label, told in words.needs(advice))
    yield from _section("What the project asks for", needs)
    yield from _section("What to try before it is shipped", advice.tests)
    yield from _section("Version", (advice.next_version,) if advice.next_version else ())
    skipped = (f"{one.what}: {one.reason}" for one in advice.skipped)
    yield from _section("Not examined", skipped)
    if known := words.known_from(advice):
        yield markdown_text(known)


def _refused(advice: Advice) -> Iterator[str]:
    for name, remarks in words.refusals(advice):
        for remark in remarks:
            fix = f"; to allow it: {remark.fix}" if remark.fix else ""
            yield f"{name}: {words.reason(remark)}{fix}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = [markdown_text(line) for line in lines]
    if told:
        yield f"### {title}"
        yield ""
        yield from (f"- {line}" for line in told)
        yield ""
