"""Updates from a real server: conditional, swapped, one feed's fault kept to its own stores."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

import pytest

from bedplate.advisories import fetching
from bedplate.advisories.feeds import FEEDS
from bedplate.advisories.origins import ORIGINS
from bedplate.advisories.store import open_store
from bedplate.advisories.update import (
    State,
    UpdateOptions,
    documents_of,
    update_stores,
)
from bedplate.errors import StorageError
from bedplate.support.http import HttpClient
from bedplate.support.http_settings import HttpSettings

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 11, 27, 10, tzinfo=dt.UTC)
KEV = {
    "catalogVersion": "1",
    "dateReleased": "2026-11-26T00:00:00Z",
    "vulnerabilities": [{"cveID": "CVE-2026-1000", "dateAdded": "2026-02-03"}],
}
EPSS = (
    b"#model_version:v1,score_date:2026-11-26T00:00:00Z\ncve,epss,percentile\n"
    b"CVE-2026-1000,0.5,0.9\n"
)


class Publisher:
    """Serves what is in `files` by the end of the path, with an entity tag."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.cut = False
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_arguments: Any) -> None:
                """Keep quiet."""

            def do_GET(self) -> None:
                publisher.serve(self)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        name = handler.path.rpartition("/")[2]
        content = self.files.get(name)
        tag = f'"{hashlib.sha256(content or b"").hexdigest()[:12]}"'
        status = 200 if content is not None else 404
        if content is not None and handler.headers.get("If-None-Match") == tag:
            status, content = 304, b""
        self.asked.append((name, status))
        body = content or b""
        handler.send_response(status)
        handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if self.cut else body)
        handler.close_connection = self.cut


@pytest.fixture
def publisher() -> Any:
    with Publisher() as publisher:
        publisher.files = {
            "known_exploited_vulnerabilities.json": json.dumps(KEV).encode(),
            "epss_scores-current.csv.gz": gzip.compress(EPSS, mtime=0),
            "main.json": secdb("main", "openssl"),
            "community.json": secdb("community", "nodejs"),
        }
        yield publisher


def secdb(repository: str, *names: str) -> bytes:
    packages = [
        {"pkg": {"name": name, "secfixes": {"1.0-r1": ["CVE-2026-1000"]}}} for name in names
    ]
    document = {"distroversion": "v3.22", "reponame": repository, "packages": packages}
    return json.dumps(document).encode()


def options(publisher: Publisher, **fields: Any) -> UpdateOptions:
    return UpdateOptions(now=NOW, mirrors={"https://": publisher.url}, **fields)


def client() -> HttpClient:
    return HttpClient(HttpSettings(retries=0))


def update(publisher: Publisher, folder: Path, *names: str, **fields: Any) -> list[State]:
    http = client()
    outcomes = update_stores(names, folder, http, options(publisher, **fields))
    http.close()
    return [outcome.state for outcome in outcomes]


def test_stores_are_made_and_then_only_asked_for_changes(
    publisher: Publisher, tmp_path: Path
) -> None:
    assert update(publisher, tmp_path, "kev", "epss", "alpine-3.22") == [State.UPDATED] * 3
    store = open_store(tmp_path / "alpine-3.22.sqlite")
    assert [name for _, name in store.packages()] == ["nodejs", "openssl"]
    (main, community) = store.manifest.sources
    assert main.url == "https://secdb.alpinelinux.org/v3.22/main.json"
    assert main.etag
    assert community.fetched == NOW.isoformat()
    store.close()
    publisher.asked.clear()
    assert update(publisher, tmp_path, "kev", "epss", "alpine-3.22") == [State.CURRENT] * 3
    assert {status for _, status in publisher.asked} == {304}
    assert len(publisher.asked) == 4


def test_a_document_that_has_not_changed_stays_in_a_store_of_several(
    publisher: Publisher, tmp_path: Path
) -> None:
    update(publisher, tmp_path, "alpine-3.22")
    publisher.files["main.json"] = secdb("main", "openssl", "zlib")
    assert update(publisher, tmp_path, "alpine-3.22") == [State.UPDATED]
    store = open_store(tmp_path / "alpine-3.22.sqlite")
    assert [name for _, name in store.packages()] == ["nodejs", "openssl", "zlib"]
    store.close()


def test_an_optional_document_may_be_missing(publisher: Publisher, tmp_path: Path) -> None:
    del publisher.files["community.json"]
    assert update(publisher, tmp_path, "alpine-3.22") == [State.UPDATED]
    del publisher.files["main.json"]
    assert update(publisher, tmp_path, "alpine-3.22") == [State.FAILED]


def test_what_may_not_be_handed_on_says_so(publisher: Publisher, tmp_path: Path) -> None:
    packages = [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2026-1000"]}}}]
    document = {"urlprefix": "https://packages.wolfi.dev", "packages": packages}
    publisher.files["security.json"] = json.dumps(document).encode()
    http = client()
    (wolfi, kev) = update_stores(["wolfi", "kev"], tmp_path, http, options(publisher))
    http.close()
    assert wolfi.manifest is not None
    assert not wolfi.manifest.redistributable
    assert kev.manifest is not None
    assert kev.manifest.redistributable


def test_one_dead_feed_does_not_stop_the_others(publisher: Publisher, tmp_path: Path) -> None:
    update(publisher, tmp_path, "kev")
    before = (tmp_path / "kev.sqlite").read_bytes()
    publisher.files["known_exploited_vulnerabilities.json"] = b"<html>down for maintenance</html>"
    http = client()
    dead, alive, unknown = update_stores(
        ["kev", "epss", "no-such"], tmp_path, http, options(publisher)
    )
    http.close()
    assert (dead.state, alive.state, unknown.state) == (
        *(State.FAILED, State.UPDATED, State.FAILED),
    )
    assert "no format" in str(dead.error)
    assert dead.manifest is not None
    assert (tmp_path / "kev.sqlite").read_bytes() == before


def test_a_download_that_ends_early_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.cut = True
    assert update(publisher, tmp_path, "kev") == [State.FAILED]
    assert not (tmp_path / "kev.sqlite").exists()


def test_a_download_that_is_too_large_is_refused(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_DOWNLOAD", 10)
    assert update(publisher, tmp_path, "kev") == [State.FAILED]


def test_a_damaged_store_is_fetched_anew(publisher: Publisher, tmp_path: Path) -> None:
    update(publisher, tmp_path, "kev")
    (tmp_path / "kev.sqlite").write_bytes(b"rubbish")
    assert update(publisher, tmp_path, "kev") == [State.UPDATED]


def test_force_asks_for_everything(publisher: Publisher, tmp_path: Path) -> None:
    update(publisher, tmp_path, "kev")
    assert update(publisher, tmp_path, "kev", force=True) == [State.UPDATED]


def test_a_pointer_leads_to_the_archive_beside_it(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files["archive_latest.txt"] = b"../../etc/passwd\n"
    http = client()
    (outcome,) = update_stores(["rhel-9"], tmp_path, http, options(publisher))
    http.close()
    assert "names no archive" in str(outcome.error)
    publisher.files["archive_latest.txt"] = b"csaf_vex_2026-11-20.tar.zst\n"
    update(publisher, tmp_path, "rhel-9")
    assert publisher.asked[-1] == ("csaf_vex_2026-11-20.tar.zst", 404)


def test_a_folder_that_can_t_be_written_is_told(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        update(publisher, tmp_path / "file", "kev")


_UPDATER = """
import datetime as dt, sys
from pathlib import Path
from bedplate.advisories.update import UpdateOptions, update_stores
from bedplate.support.http import HttpClient
options = UpdateOptions(now=dt.datetime.now(dt.UTC), mirrors={"https://": sys.argv[1]})
(outcome,) = update_stores(["kev"], Path(sys.argv[2]), HttpClient(), options)
print(outcome.state)
"""


def test_of_two_updates_at_once_one_finds_nothing_to_do(
    publisher: Publisher, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", _UPDATER, publisher.url, str(tmp_path)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    states = [worker.communicate(timeout=60)[0].strip() for worker in workers]
    assert sorted(states) == ["current", "updated"]


@pytest.mark.parametrize(
    ("store", "count"),
    [
        *(("debian-12", 1), ("ubuntu-24.04", 1), ("alpine-edge", 2), ("wolfi", 1)),
        *(("chainguard", 1), ("rhel-9", 1), ("almalinux-9", 1), ("rocky-9", 1), ("npm", 1)),
        *(("pypi", 1), ("golang", 1), ("maven", 1), ("gem", 1), ("cargo", 1), ("composer", 2)),
        *(("nuget", 1), ("bitnami", 1), ("runtime", 3), ("ratings", 25), ("epss", 1), ("kev", 1)),
        ("nothing", 0),
    ],
)
def test_every_store_has_its_feed(store: str, count: int) -> None:
    documents = documents_of(store, NOW.date())
    assert len(documents) == count
    assert all(document.url.startswith("https://") for document in documents)


def test_terms_are_told_alike_wherever_they_are() -> None:
    for feed in FEEDS:
        if feed.NAME in ORIGINS:
            origin = ORIGINS[feed.NAME]
            assert origin[1:] == (feed.LICENCE, feed.REDISTRIBUTABLE)
