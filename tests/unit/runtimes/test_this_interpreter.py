"""The interpreter that runs this test, read as a file and asked as a program."""

from __future__ import annotations

import platform
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]


@pytest.fixture
def binaries() -> Files:
    """Give the program and, where it has one, its shared library, where they stand."""
    program = Path(sys.executable).resolve()
    paths = [program]
    library = Path(str(sysconfig.get_config_var("LIBDIR")), f"lib{_stem()}.so.1.0")
    if library.exists():
        paths.append(library)
    prefix = program.parent.parent
    return {
        f"usr/local/{path.relative_to(prefix)}": path.read_bytes()
        for path in paths
        if path.is_relative_to(prefix)
    }


def _stem() -> str:
    return f"python{sysconfig.get_config_var('LDVERSION')}"


def test_its_binary_says_what_it_says(find: Find, binaries: Files) -> None:
    (runtime,) = find(binaries)

    assert runtime.version == platform.python_version()
    assert runtime.path.startswith("usr/local/bin/python")


def test_its_header_says_what_it_says(find: Find, binaries: Files) -> None:
    header = Path(sysconfig.get_path("include"), "patchlevel.h")
    minor = ".".join(platform.python_version_tuple()[:2])
    lines = header.read_bytes() if header.exists() else f'#define PY_VERSION "{minor}.99"'.encode()
    (runtime,) = find({**binaries, f"usr/local/include/{_stem()}/patchlevel.h": lines})

    said = platform.python_version() if header.exists() else f"{minor}.99"
    assert (runtime.version, runtime.evidence.rpartition("/")[2]) == (said, "patchlevel.h")
