"""The runner of cases from outside, tried on cases of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_ROWS = [
    {"id": "good", "mode": "normalized", "input": "node:20", "expect": {"ok": True, "tag": "20"}},
    {"id": "bad", "mode": "normalized", "input": "NODE", "expect": {"ok": True}},
]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, str(_HERE), f"--ignore={__file__}", *arguments],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases" / "open"
    folder.mkdir(parents=True)
    (folder / "references.jsonl").write_text("\n".join(json.dumps(row) for row in _ROWS))
    (folder / "riddles.jsonl").write_text('{"id": "r1"}\n')
    return folder


def test_rows_are_tests_and_the_table_counts_them(cases: Path) -> None:
    done = _run("--cases", str(cases))
    assert done.returncode == 1
    assert "[bad]" in done.stdout
    assert re.search(r"^references +normalized +1 +1 +0$", done.stdout, re.MULTILINE)
    assert "not run: riddles (1 rows): no runner yet" in done.stdout


def test_against_runs_one_file_and_refuses_an_unknown_one(cases: Path) -> None:
    done = _run("--against", str(cases / "references.jsonl"), "-k", "good")
    assert done.returncode == 0
    assert "riddles" not in done.stdout
    assert "no such case file" in _run("--cases", str(cases), "--against", "nothing").stderr


def test_rows_of_version_tables_are_counted_one_by_one(cases: Path) -> None:
    folder = cases.parent.parent / "data" / "versions"
    folder.mkdir(parents=True)
    (folder / "deb.tsv").write_text("# a comment\n1.0~rc1\t<\t1.0\tmine\n1\t>\t2\tmine\n")
    (folder / "npm-ranges.tsv").write_text("^1.2\tin\t1.3.0\n*\tnotin\tno version\n")
    found = _run("--cases", str(cases), "-k", "versions")
    assert re.search(r"^versions/deb +order +1 +1 +0$", found.stdout, re.MULTILINE)
    assert "deb: 1 > 2 (gave <)" in found.stdout
    given = _run("--versions", str(folder), "-k", "npm")
    assert given.returncode == 0
    assert re.search(r"^versions/npm-ranges +range +2 +0 +0$", given.stdout, re.MULTILINE)


def test_a_missing_folder_is_said_and_nothing_is_collected(tmp_path: Path) -> None:
    done = _run("--cases", str(tmp_path / "gone"))
    assert "gone is not there" in done.stdout
    assert "no tests ran" in done.stdout


def test_every_decision_has_an_id_of_its_own_and_a_reason() -> None:
    text = (_ROOT / "docs" / "decisions" / "conformance.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    parsed = re.findall(r"^\| `([^`|]+)` \| (.*\S) \|$", text, re.MULTILINE)
    assert len(parsed) == len(rows)
    assert len({name for name, _ in parsed}) == len(rows)
    assert all(len(reason.split()) > 4 for _, reason in parsed)
