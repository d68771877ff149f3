"""Processors: the word of Go, which platforms are written in, and the number in ELF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.platform import Platform

# GOARCH -> e_machine
MACHINES = {
    "386": 3,
    "amd64": 62,
    "arm": 40,
    "arm64": 183,
    "loong64": 258,
    "ppc64le": 21,
    "riscv64": 243,
    "s390x": 22,
}


def machine_of(platform: Platform) -> int:
    """Give `e_machine` of a platform's programs; 0 when it is not known."""
    return MACHINES.get(platform.architecture, 0)


def architecture_of(machine: int) -> str:
    """Give the word for an `e_machine`; empty when it is not known."""
    return next((word for word, number in MACHINES.items() if number == machine), "")
