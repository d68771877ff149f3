"""Go modules in programs, the standard library among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "golang"

_UNRELEASED = "(devel)"
_STANDARD_LIBRARY = ("stdlib", "toolchain")


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the module path; a build from a work tree has no version to compare.

    Source: Go modules reference, "go version -m"; Go vulnerability database, "stdlib".
    """
    version = package.version
    if version in ("", _UNRELEASED):
        return NoLookUp("built from a work tree: its version is not known")
    if package.name in _STANDARD_LIBRARY:
        # `go1.25.7 X:boringcrypto`, `go1.25.7-custom`
        version = version.removeprefix("go").partition(" ")[0]
        version = version.partition("-")[0] if version[:1] == "1" else version
    return simple("golang", package.name, version)
