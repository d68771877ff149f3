from __future__ import annotations

import subprocess
import sys

import pytest

import bedplate

FACE = [
    "BadInput",
    "BedplateError",
    "Digest",
    "InvalidReference",
    "Package",
    "Platform",
    "Reference",
    "Skipped",
    "Unavailable",
    "__version__",
]


def test_the_public_names_are_these() -> None:
    assert sorted(bedplate.__all__) == sorted(FACE)
    assert len(FACE) <= 25


def test_every_public_name_is_there_and_listed() -> None:
    for name in FACE:
        assert getattr(bedplate, name) is not None
        assert name in dir(bedplate)


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
