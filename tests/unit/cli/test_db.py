"""`bedplate db`."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from bedplate.advisories import documents
from bedplate.cli.main import main
from bedplate.cli.world import World
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from pathlib import Path


OSV = json.dumps(
    {
        "id": "GHSA-aaaa-bbbb-cccc",
        "affected": [
            {
                "package": {"ecosystem": "npm", "name": "a"},
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
            }
        ],
    }
).encode()


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Local copies: an Alpine branch and a README."""
    folder = tmp_path / "copies"
    folder.mkdir()
    packages = [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2026-1000"]}}}]
    secdb = {"distroversion": "v3.99", "packages": packages}
    (folder / "main.json").write_text(json.dumps(secdb))
    (folder / "README.md").write_text('# "secfixes" and "id"')
    return folder


def run(home: Path, *words: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": "/nowhere"}
    # stores are dated by the clock, and so is their age
    world = World(environment, stdout, stderr, home, dt.datetime.now(tz=dt.UTC).date())
    return main(["db", *words], world), stdout.getvalue(), stderr.getvalue()


def test_stores_are_built_and_listed(copies: Path, tmp_path: Path) -> None:
    code, _, notices = run(tmp_path / "home", "build", "--from", str(copies))
    assert code == 0
    assert "1 stores with 1 advisories" in notices
    assert "README.md is in no format" in notices
    code, text, _ = run(tmp_path / "home", "status")
    assert code == 0
    rows = [line.split() for line in text.splitlines()]
    (own,) = (row for row in rows if row[0] == "alpine-3.99")
    assert own[4:6] == ["1", "1"]
    code, text, _ = run(tmp_path / "home", "status", "--format", "json")
    document = json.loads(text)
    assert document["schema"] == "bedplate/db-status/1"
    assert {"alpine-3.99", "debian-12"} <= {store["name"] for store in document["stores"]}


def test_stores_go_where_output_says(copies: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    code, _, _ = run(tmp_path / "home", "build", "--from", str(copies), "--output", str(there))
    assert code == 0
    assert [path.name for path in there.iterdir()] == ["alpine-3.99.sqlite"]


def test_stores_are_carried_in_a_file(copies: Path, tmp_path: Path) -> None:
    one, two, file = tmp_path / "one", tmp_path / "two", str(tmp_path / "a.tar")
    run(one, "build", "--from", str(copies))
    assert run(one, "export", file)[0] == 0
    code, _, notices = run(two, "import", file)
    assert code == 0
    assert "alpine-3.99 read" in notices
    assert "alpine-3.99" in run(two, "status")[1]


def test_stores_are_carried_by_a_registry(copies: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    run(one, "build", "--from", str(copies))
    with MemoryRegistry() as registry:
        place = f"oci://{registry.host}/team/advisories:1"
        code, text, _ = run(one, "push", place)
        assert code == 0
        assert text.startswith(f"{registry.host}/team/advisories:1@sha256:")
        assert run(two, "pull", place, "alpine-3.99")[0] == 0
    assert "alpine-3.99" in run(two, "status")[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["update"], 2, "nothing to update"),
        (["update", "--offline", "kev"], 2, "offline"),
        (["export", "x.tar"], 2, "no store that may be handed on"),
        (["import", "absent.tar"], 2, "absent.tar"),
        (["push", "registry.example/x"], 2, "oci://"),
        (["build", "--from", "absent"], 2, "no such file"),
        ([], 2, "ACTION"),
    ],
)
def test_what_can_t_be_done_is_told_in_a_line(
    tmp_path: Path, words: list[str], code: int, told: str
) -> None:
    got, _, stderr = run(tmp_path / "home", *words)
    assert got == code
    assert told in stderr
    assert stderr.count("\n") == 1


def test_a_feed_that_can_t_be_reached_makes_the_exit_code_3(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "bedplate.toml").write_text('[db]\nmirrors = {"https://" = "http://127.0.0.1:9/"}\n')
    code, text, _ = run(home, "update", "kev")
    assert code == 3
    assert text.startswith("kev: failed: ")


@pytest.mark.parametrize("table", ["mirrors = 5", 'mirrors = {"x" = "y"}', "other = 1"])
def test_settings_that_can_t_be_used_are_told(tmp_path: Path, table: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "bedplate.toml").write_text(f"[db]\n{table}\n")
    code, _, stderr = run(home, "update", "kev")
    assert code == 2
    assert "bedplate.toml" in stderr


def test_a_damaged_store_is_told_and_the_others_are_listed(copies: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "build", "--from", str(copies))
    (home / ".cache/bedplate/advisories/npm.sqlite").write_bytes(b"no store")
    code, text, notices = run(home, "status")
    assert code == 3
    assert "alpine-3.99" in text
    assert "npm.sqlite" in notices
    assert "bedplate db update" in notices


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        # a record that can't be read is skipped; when it was the only one, nothing was built
        ("cut.json", b'{"id": "GHSA-1", "affected": [{"pack', 3, "skipped cut.json"),
        ("deep.json", b'{"id": "GHSA-1", "affected": ' + b"[" * 100_000, 3, "skipped deep.json"),
        ("lines.jsonl", OSV + b"\n{broken\n" + OSV + b"\n", 0, "skipped lines.jsonl:2"),
        ("cut.zip", b"PK\x03\x04" + b"x" * 100, 2, "cut.zip"),
        ("cut.jsonl.gz", gzip.compress(OSV * 99)[:-9], 2, "cut.jsonl.gz"),
        ("page.html", b"<html>moved</html>", 2, "in no format"),
        ("empty.json", b"", 2, "in no format"),
    ],
)
def test_bad_copies_are_told_in_a_line(
    tmp_path: Path, name: str, content: bytes, code: int, told: str
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / name).write_bytes(content)
    got, _, notices = run(tmp_path / "home", "build", "--from", str(folder))
    assert got == code
    assert told in notices
    assert "bug" not in notices


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.zip"])
def test_copies_that_unpack_to_too_much_are_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "RATIO_FROM", 1_000_000)
    folder = tmp_path / "copies"
    folder.mkdir()
    content = b" " * 10_000_000
    if name.endswith("zip"):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.json", content)
    else:
        (folder / name).write_bytes(gzip.compress(content))
    code, _, notices = run(tmp_path / "home", "build", "--from", str(folder))
    assert code == 2
    assert "more than bedplate will read" in notices
