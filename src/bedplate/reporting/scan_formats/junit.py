"""JUnit XML, for reports of continuous integration: a suite for each image.

Source: the format that Jenkins and GitLab read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.harmless import harmless
from bedplate.reporting.risk import by_risk, named_suppressed
from bedplate.reporting.scan_sections import NOTHING, unseen
from bedplate.reporting.xml_text import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "junit"


def scan(report: ScanReport, look: Look) -> str:
    """Write suites: a finding has failed, one that does not count and what was not seen is skipped.

    An image without findings has one case that passed; one in which nothing was recognised has
    one that is an error.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="bedplate scan">']
    for one in report.scans:
        lines += _suite(one, report.reading, look)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(one: Scan, reading: str, look: Look) -> Iterator[str]:
    findings = by_risk(one.findings, reading)
    suppressed = by_risk(named_suppressed(one, look), reading)
    missed = unseen(one)
    alone = 1 if not findings or not one.examined else 0
    tests = len(findings) + len(suppressed) + len(missed) + alone
    name = quoteattr(words.image_title(one))
    yield (
        f'  <testsuite name={name} tests="{tests}" failures="{len(findings)}"'
        f' errors="{int(not one.examined)}" skipped="{len(suppressed) + len(missed)}">'
    )
    if not one.examined:
        yield '    <testcase classname="bedplate" name="scan">'
        yield f"      <error message={quoteattr(NOTHING)}/>"
        yield "    </testcase>"
    elif not findings:
        yield '    <testcase classname="bedplate" name="scan"/>'
    for finding in findings:
        yield from _failure(finding, reading)
    for finding in suppressed:
        yield from _skipped(_name(finding), _class(finding), words.suppression(finding))
    for what, reason in missed:
        yield from _skipped(what, "not examined", reason)
    yield "  </testsuite>"


def _failure(one: Finding, reading: str) -> Iterator[str]:
    level = one.level(reading).word
    message = f"{words.component(one)}: {words.remedy(one)}"
    yield f"    <testcase classname={quoteattr(_class(one))} name={quoteattr(_name(one))}>"
    yield f'      <failure type="{level}" message={quoteattr(message)}>'
    yield escape(f"by vendor: {words.rating(one.vendor)}, by CVSS: {words.rating(one.cvss)}")
    if one.summary:
        yield escape(harmless(one.summary))
    yield escape(words.address(one.vulnerability))
    yield "      </failure>"
    yield "    </testcase>"


def _skipped(name: str, group: str, reason: str) -> Iterator[str]:
    yield f"    <testcase classname={quoteattr(group)} name={quoteattr(name)}>"
    yield f"      <skipped message={quoteattr(reason)}/>"
    yield "    </testcase>"


def _name(one: Finding) -> str:
    return harmless(one.vulnerability)


def _class(one: Finding) -> str:
    carrier = f"{one.bundled_in} " if one.bundled_in else ""
    return harmless(f"{carrier}{one.component} {one.version}")
