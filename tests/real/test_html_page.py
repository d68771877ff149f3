"""The page of a scan in a real browser: it draws, filters, and asks the network for nothing."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rig.components import find
from rig.processes import run

from bedplate.reporting.look import Look
from bedplate.reporting.render_scan import render_scan
from bedplate.testing.sample_scan import sample_findings, sample_report, sample_scan

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real("chromium")

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# types into the filter, then leaves a mark when the page's own script has answered
_TYPING = """<script>
const box = document.querySelector("input[type=search]");
box.value = "zlib negligible";
box.dispatchEvent(new Event("input", { bubbles: true }));
</script>"""


def browse(page: str, folder: Path, *flags: str) -> str:
    """Open a page in a browser that nothing was ever opened in; give what it prints."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    program = find("chromium")
    assert program is not None
    profile = f"--user-data-dir={folder / 'profile'}"
    return run([program, *_FLAGS, profile, *flags, file.as_uri()])


def test_the_script_runs_under_its_own_policy(tmp_path: Path) -> None:
    dom = browse(render_scan(sample_report(), "html", Look()), tmp_path, "--dump-dom")
    assert "4 of 4 shown" in dom
    assert 'class="filter" data-table="findings-0" hidden' not in dom


def test_the_filter_leaves_the_rows_that_have_every_word(tmp_path: Path) -> None:
    page = render_scan(sample_report(), "html", Look())
    # a script of the test's own needs the policy out of the way
    page = re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", f"{_TYPING}</body>")
    dom = browse(page, tmp_path, "--dump-dom")
    assert "1 of 4 shown" in dom
    hidden = re.findall(
        r'<tr(?: data-fixable="1")? hidden="">.*?<td class="id">.*?>([^<]+)</a>', dom
    )
    assert sorted(hidden) == ["CVE-2025-9230", "CVE-2026-1", "GHSA-8qq5-rm4j-mr97"]


def test_no_script_from_a_name_runs_and_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        called = threading.Event()

        def listen() -> None:
            try:
                server.accept()
            except OSError:
                return
            called.set()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        evil = f"</td><img src={address}><script>document.title='owned'</script>"
        bad = replace(sample_findings()[0], component=evil, summary=evil, bundled_in=evil)
        scan = replace(sample_scan(), findings=(bad,))
        dom = browse(render_scan(sample_report(scan), "html", Look()), tmp_path, "--dump-dom")
        server.shutdown(socket.SHUT_RDWR)
        listener.join(10)
    assert not called.is_set()
    assert "<title>owned" not in dom
    assert "1 of 1 shown" in dom


def test_it_can_be_drawn_and_printed(tmp_path: Path) -> None:
    page = render_scan(sample_report(), "html", Look())
    picture, paper = tmp_path / "page.png", tmp_path / "page.pdf"
    browse(page, tmp_path, f"--screenshot={picture}", "--window-size=1280,1600")
    browse(page, tmp_path, f"--print-to-pdf={paper}")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert paper.read_bytes().startswith(b"%PDF")
