"""Runs cases that come from outside: one JSON object a line, one test per row.

A module `test_NAME.py` runs the rows of `NAME.jsonl`. It has a test that takes `row`, and says
by KIND which field tells the kinds of row apart and by KINDS which of them it can run (all,
when empty). Tables of versions (`*.tsv`) are one test a file, and their rows are counted in the
same table. See docs/conformance.md.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_OWN = "test_runner"
_TABLES = "test_versions"
_HERE = Path(__file__).parent
_DECISIONS = _HERE.parents[1] / "docs" / "decisions" / "conformance.md"
_DECISION = re.compile(r"^\| `([^`|]+)` \| (.*\S) \|$", re.MULTILINE)
_OUTCOMES = ("passed", "failed", "argued")

Row = dict[str, Any]


class Cases(NamedTuple):
    """What there is to run.

    Args:
        note: why there is nothing, or where the cases are.
        files: case files by name without ending.
        fixtures: folder that a row's `fixture` is below; None when there is none.
        tables: tables of versions.
    """

    note: str
    files: dict[str, Path]
    fixtures: Path | None = None
    tables: tuple[Path, ...] = ()


def _find(folder: str | None, against: str | None) -> Cases:
    given = Path(against) if against else None
    if not folder and given and given.is_file():
        folder = str(given.parent)
    if not folder:
        return Cases("no cases: give --cases DIR", {})
    root = Path(folder)
    if not root.is_dir():
        return Cases(f"no cases: {folder} is not there", {})
    paths = sorted(root.glob("*.jsonl")) or sorted(root.glob("*/*.jsonl"))
    files = {path.stem: path for path in paths}
    if given:
        name = given.name.removesuffix(".jsonl")
        files = {name: given} if given.is_file() else {name: files[name]} if name in files else {}
        if not files:
            raise pytest.UsageError(f"--against {against}: no such case file in {folder}")
    if not files:
        return Cases(f"no cases: {folder} has no *.jsonl", {})
    places = (root.parent / "fixtures", root / "fixtures")
    return Cases(f"cases of {folder}", files, next((p.parent for p in places if p.is_dir()), None))


def _find_tables(config: pytest.Config) -> tuple[Path, ...]:
    given, cases = config.getoption("--versions"), config.getoption("--cases")
    if config.getoption("--against") or not (given or cases):
        return ()
    folder = Path(given) if given else Path(cases).resolve().parent.parent / "data" / "versions"
    found = tuple(sorted(folder.glob("*.tsv")))
    if given and not found:
        raise pytest.UsageError(f"--versions {given}: no *.tsv there")
    return found


_CASES = pytest.StashKey[Cases]()
_LEFT = pytest.StashKey[Counter[str]]()  # rows of a file that its runner can't run


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LEFT] = Counter()
    found = _find(config.getoption("--cases"), config.getoption("--against"))
    config.stash[_CASES] = found._replace(tables=_find_tables(config))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out modules whose case file is not there."""
    name = collection_path.stem.removeprefix("test_")
    if collection_path.suffix != ".py" or collection_path.stem in (_OWN, "conftest"):
        return None
    if collection_path.stem == _TABLES:
        return None if config.stash[_CASES].tables else True
    return None if name in config.stash[_CASES].files else True


def _rows(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise pytest.UsageError(f"{path.name}, line {number}: {error}") from error


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "version_table" in metafunc.fixturenames:
        tables = metafunc.config.stash[_CASES].tables
        metafunc.parametrize("version_table", tables, ids=[path.stem for path in tables])
    if "row" not in metafunc.fixturenames:
        return
    name = metafunc.module.__name__.rpartition(".")[2].removeprefix("test_")
    module = metafunc.module
    everything = list(_rows(metafunc.config.stash[_CASES].files[name]))
    rows = [row for row in everything if _is_run(module, row)]
    metafunc.config.stash[_LEFT][name] = len(everything) - len(rows)
    metafunc.parametrize("row", rows, ids=[row["id"] for row in rows])


def _is_run(module: Any, row: Row) -> bool:
    if module.KINDS and row[module.KIND] not in module.KINDS:
        return False
    return not hasattr(module, "is_run") or module.is_run(row)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep file and kind with the test, for the table."""
    if isinstance(item, pytest.Function) and (row := _row_of(item)):
        file = item.path.stem.removeprefix("test_")
        kind = row[item.module.KIND]
        item.user_properties.append(("case", [file, kind]))


def _row_of(item: pytest.Item) -> Row:
    callspec = getattr(item, "callspec", None)
    row: Row = callspec.params.get("row", {}) if callspec else {}
    return row


@pytest.fixture
def fixtures(request: pytest.FixtureRequest) -> Path:
    """Give the folder that a row's `fixture` is below."""
    folder = request.config.stash[_CASES].fixtures
    assert folder is not None, "there is no folder `fixtures` in the cases or beside them"
    return folder


@cache
def decisions() -> dict[str, str]:
    """Read the ids of rows that bedplate answers otherwise on purpose, with the reasons."""
    return dict(_DECISION.findall(_DECISIONS.read_text(encoding="utf-8")))


@pytest.fixture
def argued() -> dict[str, str]:
    """Give the decisions to tests that run many rows."""
    return decisions()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a row that is argued as that, neither as passed nor as failed."""
    report = yield
    reason = decisions().get(_row_of(item).get("id", "")) if call.when == "call" else None
    if reason is None:
        return report
    if call.excinfo and call.excinfo.errisinstance((AssertionError, pytest.fail.Exception)):
        report.outcome, report.longrepr = "passed", None
        report.user_properties.append(("argued", reason))
    elif report.passed:
        report.outcome = "failed"
        report.longrepr = f"argued in docs/decisions/conformance.md, but it agrees: {reason}"
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    if report.when == "call" and any(key == "argued" for key, _ in report.user_properties):
        return "argued", "a", "ARGUED"
    return None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Draw the table: file, kind, passed, failed, argued, and what was not run."""
    cases = config.stash[_CASES]
    terminalreporter.section("conformance")
    terminalreporter.write_line(cases.note)
    if not cases.files and not cases.tables:
        return
    counts: Counter[tuple[str, str, str]] = Counter()
    for outcome, column in (*zip(_OUTCOMES, _OUTCOMES, strict=True), ("error", "failed")):
        for report in terminalreporter.stats.get(outcome, ()):
            for key, value in getattr(report, "user_properties", ()):
                if key == "case":
                    counts[value[0], value[1], column] += 1
                elif key == "rows":
                    counts.update({tuple(cell): number for *cell, number in value})
    kinds = sorted({(file, kind) for file, kind, _ in counts})
    lines = [("file", "kind", *_OUTCOMES), *_lines(kinds, counts)]
    for file, kind, *numbers in lines:
        cells = "".join(f"{number:>8}" for number in numbers)
        terminalreporter.write_line(f"{file:<20} {kind:<28}{cells}")
    for line in _not_run(cases, {file for file, _ in kinds}, config.stash[_LEFT]):
        terminalreporter.write_line(f"not run: {line}")


def _lines(
    kinds: list[tuple[str, str]], counts: Counter[tuple[str, str, str]]
) -> Iterator[tuple[str, ...]]:
    for file, kind in kinds:
        yield file, kind, *(str(counts[file, kind, outcome]) for outcome in _OUTCOMES)
    totals = (sum(counts[f, k, outcome] for f, k in kinds) for outcome in _OUTCOMES)
    yield "all", "", *(str(total) for total in totals)


def _not_run(cases: Cases, run: set[str], left: Counter[str]) -> Iterator[str]:
    """Name files that have no runner, and the rows whose kind has none."""
    for name, path in cases.files.items():
        if not (_HERE / f"test_{name}.py").is_file():
            yield f"{name} ({sum(1 for _ in _rows(path))} rows): no runner yet"
        elif name not in run:
            yield f"{name}: its tests were not selected"
        elif left[name]:
            yield f"{name} ({left[name]} rows): of a kind that the runner does not know yet"
