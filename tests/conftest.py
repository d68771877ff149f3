"""Options that must be known before pytest collects anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

# a busy machine is no failure: no example has to be quick
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("bedplate")
    group.addoption(
        "--cases",
        metavar="DIR",
        help="run tests/conformance against the case files (*.jsonl) of this folder",
    )
    group.addoption(
        "--against",
        metavar="FILE",
        help="of the cases, run only this file: its name, with or without .jsonl, or a path",
    )
    group.addoption(
        "--versions",
        metavar="DIR",
        help="tables of versions (*.tsv) to run too; found by itself as ../../data/versions of DIR",
    )
    group.addoption(
        "--require-real",
        action="store_true",
        help="fail where a real component is missing (as with CI=true), instead of leaving out",
    )
