"""JUnit XML: a suite a part, a failed case what to fix, for CI servers that show tests."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.check_report import CheckReport, PartResult
    from bedplate.reporting.look import Look

NAME = "junit"


def write(report: CheckReport, _look: Look) -> str:
    """Write suites; a part without anything to fix has one case that passed."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="bedplate check">']
    for part in report.parts:
        lines += _suite(part)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(part: PartResult) -> Iterator[str]:
    failing, unknown = part.failing, part.unexamined
    left_out = 0 if part.on else 1
    count = max(len(failing) + len(unknown), 1)
    numbers = f'tests="{count}" failures="{len(failing)}" errors="{len(unknown)}"'
    yield f'  <testsuite name="{part.part}" {numbers} skipped="{left_out}">'
    if left_out:
        yield f'    <testcase name="{part.part}"><skipped/></testcase>'
    elif not failing and not unknown:
        yield f'    <testcase name="{part.part}"/>'
    for one in failing:
        line = f' line="{one.line}"' if one.line else ""
        yield f"    <testcase name={_quoted(one.rule)} file={_quoted(one.path)}{line}>"
        yield f"      <failure type={_quoted(one.severity.word)} message={_quoted(one.message)}>"
        yield escape(f"{harmless(one.place)}: fix: {harmless(one.remedy)}")
        yield "      </failure>"
        yield "    </testcase>"
    for item in unknown:
        yield f"    <testcase name={_quoted(item.what)}>"
        yield f'      <error type="not examined" message={_quoted(item.reason)}/>'
        yield "    </testcase>"
    yield "  </testsuite>"


def _quoted(text: str) -> str:
    return quoteattr(harmless(text))
