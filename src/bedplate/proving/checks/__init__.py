"""The checks of compiled files; of verdicts that are equally bad, the first is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.checks import (
    architecture,
    certificates,
    cpu_level,
    exec_stack,
    interpreter,
    name_service,
    needed_libraries,
    node_api,
    python_suffix,
    relr,
    starts_programs,
    symbol_versions,
    time_zones,
    undefined_symbols,
    users,
    write_paths,
)

if TYPE_CHECKING:
    from bedplate.proving.check import Check

CHECKS: tuple[Check, ...] = (
    architecture,
    python_suffix,
    interpreter,
    needed_libraries,
    symbol_versions,
    undefined_symbols,
    relr,
    exec_stack,
    node_api,
    cpu_level,
    certificates,
    time_zones,
    users,
    write_paths,
    starts_programs,
    name_service,
)
