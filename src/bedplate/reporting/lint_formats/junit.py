"""JUnit XML: a suite a file, a failed case a violation, for CI servers that show tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.place import place_of
from bedplate.reporting.xml_text import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.lint_report import LintReport
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "junit"


def write(report: LintReport, _look: Look) -> str:
    """Write suites; a file without violations has one case that passed."""
    by_path: dict[str, list[Violation]] = {path: [] for path in report.texts}
    for one in report.violations:
        by_path[one.path].append(one)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="bedplate lint">']
    for path, violations in by_path.items():
        lines += _suite(path, violations, report.texts[path])
    for item in report.skipped:
        lines.append(f'  <testsuite name={_quoted(item.what)} tests="1" failures="0" skipped="1">')
        lines.append('    <testcase name="lint">')
        lines.append(f"      <skipped message={_quoted(item.reason)}/>")
        lines += ("    </testcase>", "  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(path: str, violations: list[Violation], text: str) -> Iterator[str]:
    count = len(violations)
    yield f'  <testsuite name={_quoted(path)} tests="{max(count, 1)}" failures="{count}">'
    if not violations:
        yield '    <testcase name="lint"/>'
    for one in violations:
        place = place_of(one, text)
        yield f'    <testcase name="{one.rule}" file={_quoted(path)} line="{place.line}">'
        yield f"      <failure type={_quoted(one.severity.word)} message={_quoted(one.message)}>"
        yield escape(f"{path}:{place.line}: {harmless(place.text)}")
        yield "      </failure>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _quoted(text: str) -> str:
    return quoteattr(harmless(text))
