from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from bedplate.reporting.look import Look
from bedplate.reporting.render_scan import render_scan
from bedplate.testing.sample_scan import sample_findings, sample_report, sample_scan

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport

EVIL = "<b>&\"' onload=x </script><!--"


def hostile() -> ScanReport:
    bad = replace(
        sample_findings()[0],
        vulnerability=f"CVE{EVIL}",
        component=EVIL,
        summary=EVIL,
        bundled_in=EVIL,
        origin=EVIL,
    )
    facts = replace(sample_scan().facts, name=EVIL)
    return sample_report(replace(sample_scan(), facts=facts, findings=(bad, *sample_findings())))


def write(report: ScanReport) -> str:
    return render_scan(report, "html", Look())


class Page(HTMLParser):
    """Collects what a page would load, run or link, and the depth at which tags stay open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.texts: dict[str, str] = {}
        self.policy = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == [], "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("meta", "input"):
            self._open.append(tag)
        self.loads += [str(given[name]) for name in ("src", "srcset", "data") if name in given]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if "href" in given:
            (self.links if tag == "a" else self.loads).append(str(given["href"]))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "rect", attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.texts[self._open[-1]] = data


def test_the_page_loads_nothing_and_runs_only_what_it_names() -> None:
    page = Page(write(hostile()))
    assert page.loads == []
    assert page.inline == []
    assert page.policy.startswith("default-src 'none'")
    assert "url(" not in page.texts["style"]
    for text in page.texts.values():
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert all(link.startswith("https://") for link in page.links)


def test_no_text_is_markup_in_the_page() -> None:
    text = write(hostile())
    assert "<b>" not in text
    assert "&lt;b&gt;" in text


def test_charts_say_in_words_what_they_draw() -> None:
    text = write(sample_report())
    assert "by vendor: 0 critical (0 fixable), 2 high (2 fixable)" in text
    assert "base or app: 2 base (1 fixable), 1 app (1 fixable), 1 not known (0 fixable)" in text
