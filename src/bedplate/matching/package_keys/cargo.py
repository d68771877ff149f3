"""Rust crates in programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "cargo"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name as it is."""
    return simple("cargo", package.name, package.version)
