"""The shape of the tree, as docs/architecture.md promises it."""

from __future__ import annotations

import ast
import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/bedplate"
PROGRAMS = sorted(
    path
    for folder in (SOURCE, ROOT / "scripts", ROOT / "benchmarks", ROOT / "tests/real/rig")
    for path in folder.rglob("*.py")
)
MAX_FILE, MAX_FUNCTION = 300, 50
# names that say nothing about what is inside
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "base", "stuff"}
# tables of facts: one statement that is as long as there are facts
TABLES = {"testing/sample_facts.py", "testing/sample_scan.py"}


def shelves() -> list[str]:
    """List the shelves, which are the packages that an independence contract watches."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    return [
        module.removesuffix(".*")
        for contract in contracts
        if contract["type"] == "independence"
        for module in contract["modules"]
    ]


def relative(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


@pytest.mark.parametrize("path", PROGRAMS, ids=relative)
def test_files_and_functions_fit_on_a_few_screens(path: Path) -> None:
    if relative(path) in TABLES:
        return
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            assert length <= MAX_FUNCTION, node.name


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    first = function.body[0]
    text = ast.get_docstring(function, clean=False)
    documented = (first.end_lineno or 0) - first.lineno + 1 if text is not None else 0
    return (function.end_lineno or 0) - function.lineno + 1 - documented


@pytest.mark.parametrize("path", PROGRAMS, ids=relative)
def test_names_say_what_is_inside(path: Path) -> None:
    assert not EMPTY_NAMES & {path.stem, path.parent.name}


def test_there_are_shelves() -> None:
    assert len(shelves()) >= 9


@pytest.mark.parametrize("shelf", shelves())
def test_every_entry_is_in_the_table_of_its_shelf(shelf: str) -> None:
    package = importlib.import_module(shelf)
    folder = Path(str(package.__file__)).parent
    there = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    public = [value for name, value in vars(package).items() if not name.startswith("_")]
    tables = [value for value in public if isinstance(value, tuple | dict)]
    assert tables, "a shelf's __init__ is its table"
    for table in tables:
        entries = table.values() if isinstance(table, dict) else table
        modules = [entry for entry in entries if isinstance(entry, ModuleType)]
        names = [module.__name__.rpartition(".")[2] for module in modules]
        assert set(names) == there
        assert len(names) == len(there), "an entry stands in the table twice"


@pytest.mark.parametrize("shelf", shelves())
def test_docs_say_how_to_add_an_entry(shelf: str) -> None:
    _, room, name = shelf.split(".")
    page = ROOT / "docs/adding" / f"{room if name == 'known' else name}.md"
    assert page.is_file()
    assert f"{room}/{name}" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=relative
)
def test_docs_link_to_files_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for piece in text.split("](")[1:]:
        target = piece.partition(")")[0].partition("#")[0].split(" ")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target
