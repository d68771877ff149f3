"""Advisories that an image needs are fetched when they are missing or old, and not otherwise."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from bedplate.advisories.store import open_store
from bedplate.flows.opening import open_session
from bedplate.flows.refresh import refresher
from bedplate.model.base_facts import BaseFacts
from bedplate.model.distro_release import DistroRelease
from bedplate.testing.vulnerable_image import secdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.flows.session import Session

DAY = 24 * 3600
FACTS = BaseFacts("x", distro=DistroRelease("alpine", "Alpine Linux", "3.24.2"))


class Feeds(ThreadingHTTPServer):
    """Serves Alpine's `main`, and nothing else; `asked` are the paths."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        feeds = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments: object) -> None:
                """Keep quiet."""

            def do_GET(self) -> None:
                feeds.asked.append(self.path)
                there = self.path.endswith("main.json")
                known = there and self.headers.get("If-None-Match") == '"1"'
                self.send_response(304 if known else 200 if there else 404)
                self.send_header("ETag", '"1"')
                self.end_headers()
                if there and not known:
                    self.wfile.write(json.dumps(secdb()).encode())

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def mirrors(self) -> dict[str, str]:
        return {"https://": f"http://127.0.0.1:{self.server_address[1]}/"}


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    with Feeds() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def session(tmp_path: Path, notices: list[str]) -> Session:
    made = open_session(advisory_folder=tmp_path / "advisories", today=dt.date(2026, 11, 27))
    return replace(made, notify=notices.append)


def fetch(session: Session, feeds: Feeds, at: float | None = None) -> list[str]:
    """Refresh as one run does, and give what was asked of Alpine in it."""
    feeds.asked.clear()
    refresh = refresher(session, feeds.mirrors, lambda: at or time.time())
    assert refresh is not None
    refresh(FACTS)
    refresh(FACTS)
    return [path for path in feeds.asked if "alpine" in path]


def test_a_store_is_fetched_once_and_asked_after_when_it_is_a_day_old(
    tmp_path: Path, session: Session, feeds: Feeds
) -> None:
    path = tmp_path / "advisories/alpine-3.24.sqlite"
    assert sum("main.json" in line for line in fetch(session, feeds)) == 1
    with_store = open_store(path)
    assert with_store.manifest.advisories == 2
    with_store.close()
    assert fetch(session, feeds) == []
    assert fetch(session, feeds, at=time.time() + DAY - 600) == []
    later = time.time() + DAY + 600
    assert fetch(session, feeds, at=later) != []
    # it was what the feed has: that holds for a day again
    assert fetch(session, feeds, at=later + 60) == []


def test_a_store_from_a_day_to_come_is_asked_after(
    tmp_path: Path, session: Session, feeds: Feeds
) -> None:
    fetch(session, feeds)
    ahead = time.time() + 900 * DAY
    os.utime(tmp_path / "advisories/alpine-3.24.sqlite", (ahead, ahead))
    assert fetch(session, feeds) != []


def test_a_damaged_store_is_made_anew(tmp_path: Path, session: Session, feeds: Feeds) -> None:
    fetch(session, feeds)
    path = tmp_path / "advisories/alpine-3.24.sqlite"
    path.write_bytes(path.read_bytes()[:3000])
    assert fetch(session, feeds) != []
    open_store(path).close()


def test_what_can_t_be_fetched_is_told_once_and_ends_nothing(
    session: Session, feeds: Feeds, notices: list[str]
) -> None:
    fetch(session, feeds)
    # neither EPSS nor KEV is served
    assert sorted(line.partition(":")[0] for line in notices) == ["epss", "kev"]
    assert all("not fetched" in line for line in notices)


def test_the_ratings_of_all_years_are_not_fetched_along(session: Session, feeds: Feeds) -> None:
    fetch(session, feeds)
    assert not any("nvd" in path for path in feeds.asked)


def test_a_folder_that_can_t_be_written_is_told(
    tmp_path: Path, session: Session, feeds: Feeds, notices: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert fetch(replace(session, advisory_folder=tmp_path / "file/below"), feeds) == []
    assert "no advisories fetched: cannot write" in notices[0]
    assert len(notices) == 1


def test_nothing_is_fetched_offline_or_without_a_folder(session: Session) -> None:
    assert refresher(replace(session, offline=True), {}) is None
    assert refresher(replace(session, advisory_folder=None), {}) is None
