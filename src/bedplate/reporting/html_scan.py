"""The HTML page of a scan."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.html_charts import Bar, chart
from bedplate.reporting.html_text import html_pairs, html_row, html_table, html_text
from bedplate.reporting.policy_notes import policy_note
from bedplate.reporting.risk import by_risk, counts_of, named_suppressed
from bedplate.reporting.scan_sections import summary, unseen, verdict
from bedplate.reporting.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.model.vulnerability_counts import VulnerabilityCounts
    from bedplate.reporting.look import Look

_TITLES = ("level", "id", "component", "fix", "from", "exploit", "brought by")
_ORIGINS = (("base", "base", "base"), ("app", "app", "app"), ("", "not known", "origin"))


def write_page(report: ScanReport, look: Look) -> str:
    """Write the page; what it may load or run is stated in it by hash, and it loads nothing."""
    style, script = _resource("scan.css"), _resource("scan.js")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none';"
        f" style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    names = ", ".join(scan.facts.name for scan in report.scans)
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>Vulnerabilities of {html_text(names)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_body(report, look),
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _resource(name: str) -> str:
    return (files("bedplate.reporting") / "page" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _body(report: ScanReport, look: Look) -> Iterator[str]:
    yield "<header>"
    yield "<h1>Known vulnerabilities</h1>"
    reading = "vendors" if report.reading == "vendor" else "CVSS"
    yield f'<p class="quiet">Levels in tables are those of {reading}.</p>'
    note = policy_note(scan.facts for scan in report.scans)
    if note:
        yield f'<p class="quiet">{html_text(note)}.</p>'
    failed = " failed" if report.verdict.failed else ""
    for line in verdict(report):
        yield f'<p class="gate{failed}">Gate {html_text(line)}</p>'
    yield "</header>"
    yield "<main>"
    for number, scan in enumerate(report.scans):
        yield from _scan(scan, report, look, f"findings-{number}")
    yield "</main>"
    yield f"<footer>bedplate {__version__}. {UNKNOWN} = not known.</footer>"


def _scan(scan: Scan, report: ScanReport, look: Look, identifier: str) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{html_text(words.image_title(scan))}</h2>"
    yield from html_pairs(summary(scan, report))
    yield from (f'<p class="warning">{html_text(warning)}</p>' for warning in scan.warnings)
    if scan.findings:
        yield from _charts(scan, report)
        yield "<h3>Findings</h3>"
        yield from _filter(identifier)
        rows = (_row(one, report) for one in by_risk(scan.findings, report.reading))
        yield from html_table(_TITLES, rows, identifier=identifier)
    if scan.suppressed:
        yield from _suppressed(scan, report, look)
    found = unseen(scan)
    if found:
        yield "<h3>Not examined</h3>"
        yield from html_table(("what", "reason"), map(html_row, found))
    if scan.stores:
        yield "<h3>Advisories</h3>"
        yield from html_table(("advisories", "date"), map(html_row, words.store_lines(scan)))
    yield "</section>"


def _charts(scan: Scan, report: ScanReport) -> Iterator[str]:
    counts = counts_of(scan)
    longest = max(one.total for one in (*counts.vendor, *counts.cvss))
    first, second = ("cvss", "vendor") if report.reading == "cvss" else ("vendor", "cvss")
    yield '<div class="charts">'
    for name in (first, second):
        note = f"{words.reading_sources(counts, name)}; pale: no fix"
        yield from chart(words.READINGS[name], note, _level_bars(counts, name), longest)
    bars = [
        Bar(title, kind, *_fixable_split(one for one in scan.findings if one.origin == key))
        for key, title, kind in _ORIGINS
    ]
    shown = [bar for bar in bars if bar.total or bar.kind != "origin"]
    yield from chart("base or app", "pale: no fix", shown, max(bar.total for bar in bars))
    yield "</div>"


def _level_bars(counts: VulnerabilityCounts, name: str) -> list[Bar]:
    return [
        Bar(one.level.word, one.level.word, one.fixable, one.unfixable)
        for one in counts.reading(name)
        if one.total or one.level is not Level.UNKNOWN
    ]


def _fixable_split(findings: Iterator[Finding]) -> tuple[int, int]:
    flags = [one.fixable for one in findings]
    return sum(flags), len(flags) - sum(flags)


def _filter(identifier: str) -> Iterator[str]:
    """Write the box that narrows a table; without scripts it stays hidden."""
    yield f'<form class="filter" data-table="{identifier}" hidden>'
    yield '<input type="search" name="words" placeholder="filter: openssl base critical"'
    yield ' aria-label="Show only rows with these words">'
    yield '<label><input type="checkbox" name="fixable"> only with a fix</label>'
    yield '<output aria-live="polite"></output>'
    yield "</form>"


def _row(one: Finding, report: ScanReport) -> str:
    level = one.level(report.reading)
    word = UNKNOWN if level is Level.UNKNOWN else level.word
    fixable = ' data-fixable="1"' if one.fixable else ""
    bundle = f"in {one.bundled_in}" if one.bundled_in else ""
    doubt = "low confidence" if one.confidence == "low" else ""
    return (
        f'<tr{fixable}><td class="level"><span class="level-word level-{level.word}">{word}</span>'
        f"{_small(words.rating(one.rating(_other(report))))}</td>"
        f'<td class="id">{_identifier(one)}<small>{html_text(one.summary)}</small></td>'
        f"<td>{html_text(words.component(one))}{_small(bundle)}</td>"
        f"<td>{html_text(words.state(one))}{_small(doubt)}</td>"
        f"<td>{html_text(words.origin(one))}</td>"
        f'<td class="number">{html_text(words.chance(one))}</td>'
        f"<td>{html_text(_brought(one))}</td></tr>"
    )


def _other(report: ScanReport) -> str:
    return "vendor" if report.reading == "cvss" else "cvss"


def _identifier(one: Finding) -> str:
    text = html_text(one.vulnerability)
    if not words.is_plain(one.vulnerability):
        return text
    return f'<a href="{words.address(one.vulnerability)}" rel="noreferrer noopener">{text}</a>'


def _small(text: str) -> str:
    return f"<small>{html_text(text)}</small>" if text else ""


def _brought(one: Finding) -> str:
    if one.line is not None:
        return f"line {one.line}"
    return UNKNOWN if one.layer is None else f"layer {one.layer}"


def _suppressed(scan: Scan, report: ScanReport, look: Look) -> Iterator[str]:
    count = words.plural(len(scan.suppressed), "finding")
    yield f"<details><summary>Suppressed: {count}</summary>"
    yield from html_table(("how many", "reason"), map(html_row, words.suppressed(scan.suppressed)))
    rows = [
        html_row((one.vulnerability, words.component(one), words.suppression(one)))
        for one in by_risk(named_suppressed(scan, look), report.reading)
    ]
    if rows:
        yield from html_table(("id", "component", "why it does not count"), rows)
    yield "</details>"
