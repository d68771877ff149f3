from __future__ import annotations

import subprocess
import sys

import pytest

import bedplate

FACE = [
    "BadInput",
    "BaseFacts",
    "BedplateError",
    "Comparison",
    "Digest",
    "InvalidReference",
    "Package",
    "Platform",
    "Reference",
    "Session",
    "Skipped",
    "Unavailable",
    "__version__",
    "compare",
    "inspect",
    "open_session",
]


def test_the_public_names_are_these() -> None:
    assert sorted(bedplate.__all__) == sorted(FACE)
    assert len(FACE) <= 25


def test_every_public_name_is_there_and_listed() -> None:
    for name in FACE:
        assert getattr(bedplate, name) is not None
        assert name in dir(bedplate)


def test_a_program_inspects_and_compares_in_three_lines() -> None:
    session = bedplate.open_session(offline=True)
    [facts] = bedplate.inspect("node:20-alpine", session)
    assert isinstance(facts, bedplate.BaseFacts)
    comparison = bedplate.compare(["node:20", "scratch"], session)
    assert [image.facts.name for image in comparison.images] == ["node:20", "scratch"]
    with pytest.raises(bedplate.BadInput, match="no registry may be asked"):
        session.access.registry()


def test_errors_are_the_very_classes_that_are_raised() -> None:
    with pytest.raises(bedplate.InvalidReference):
        bedplate.Reference.parse("Not A Reference")
    assert issubclass(bedplate.InvalidReference, bedplate.BadInput)
    assert issubclass(bedplate.Unavailable, bedplate.BedplateError)


def test_rooms_load_by_name_and_unknown_names_are_attribute_errors() -> None:
    code = "import bedplate; print(bedplate.inventory.collect.__name__, hasattr(bedplate, 'nope'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["collect", "False"]


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, bedplate; print(*(m for m in sys.modules if m.startswith('bedplate')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"bedplate", "bedplate._version"}
