"""`bedplate db update` against a web server, by more than one process at once."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from rig.bedplate_command import PROGRAM, Bedplate

from bedplate.advisories.store import open_store
from bedplate.testing.vulnerable_image import IN_MUSL, secdb, vulnerable_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORE = "alpine-3.24"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, with dates, and writes no log."""

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Path]:
    """Serve a folder in place of all feeds, to the home `home`."""
    folder, home = tmp_path / "feeds", tmp_path / "home"
    home.mkdir()
    for repository in ("main", "community"):
        path = folder / f"secdb.alpinelinux.org/v3.24/{repository}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({**secdb(), "reponame": repository}))
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    ) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        mirrors = json.dumps({"https://": f"http://127.0.0.1:{server.server_address[1]}/"})
        line = mirrors.replace('": "', '" = "')
        (home / "bedplate.toml").write_text(f"[db]\nmirrors = {line}\n")
        yield folder
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("feeds")
def test_several_updates_at_once_leave_one_whole_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    words = [str(PROGRAM), "db", "update", STORE]
    running = [
        subprocess.Popen(
            words, cwd=home, env={"HOME": str(home)}, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = sorted(process.communicate(timeout=120)[0].split()[1].strip(",") for process in running)
    assert [process.returncode for process in running] == [0, 0, 0]
    # the others waited, and then found nothing new
    assert said == ["current", "current", "updated"]
    folder = home / ".cache/bedplate/advisories"
    assert [path.name for path in folder.iterdir() if path.name[0] != "."] == [f"{STORE}.sqlite"]
    store = open_store(folder / f"{STORE}.sqlite")
    assert store.is_whole()
    store.close()


def test_a_scan_fetches_what_it_needs_once(feeds: Path, tmp_path: Path) -> None:
    bedplate, image = Bedplate(tmp_path / "home"), vulnerable_image(tmp_path / "layout")
    first = bedplate.run("scan", image)
    assert IN_MUSL in first.stdout
    assert "epss: not fetched" in first.stderr
    for path in feeds.rglob("*.json"):
        path.unlink()
    assert IN_MUSL in bedplate.run("scan", image).stdout


def test_a_feed_that_ends_early_leaves_the_old_store(feeds: Path, tmp_path: Path) -> None:
    bedplate = Bedplate(tmp_path / "home")
    assert bedplate.run("db", "update", STORE).code == 0
    store = tmp_path / f"home/.cache/bedplate/advisories/{STORE}.sqlite"
    before = store.read_bytes()
    main = feeds / "secdb.alpinelinux.org/v3.24/main.json"
    main.write_bytes(main.read_bytes()[:-40])
    os.utime(main, (time.time() + 60,) * 2)  # dates of the web have no fractions of a second
    result = bedplate.run("db", "update", STORE)
    assert result.code == 3
    assert result.stdout.startswith(f"{STORE}: failed; the old one stays: ")
    assert store.read_bytes() == before
