"""Go: whether cgo is in the program, so that it asks for the C library it was built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.native_packages import known_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage

TYPE = "golang"
_KIND = NativeKind
_COMPILERS = frozenset(("cc", "gcc", "clang"))
SOURCES = "sources"
_OFF, _ON = "CGO_ENABLED=0", "CGO_ENABLED=1"
_STATIC_FIX = "build with CGO_ENABLED=0, or in a stage with the same C library"


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell what a module asks for once the program is built on a target.

    Args:
        package: the module itself, or one that it needs.
        packages: all of `go.mod`; the module itself tells how the program is built.
        target: where it is built.

    Source: Go documentation, "cmd/cgo" and "net", name resolution.
    """
    module = packages.get("module", package)
    if package is module:
        return _program(module, packages, target)
    known = known_package(TYPE, package.name, package.version)
    if known is None:
        return NativeEvidence(_KIND.PURE, ("not known to need cgo",))
    if _OFF in module.notes:
        reason = "it needs cgo, which CGO_ENABLED=0 switches off"
        fix = "build with CGO_ENABLED=1 and a C compiler, or take a module in Go alone"
        return NativeEvidence(_KIND.FOREIGN, (_OFF,), reason, "cgo", fix)
    return NativeEvidence(_KIND.COMPILE, ("it needs cgo",), self_contained=known.is_self_contained)


def _program(
    module: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence:
    notes = frozenset(module.notes)
    shown = tuple(sorted(notes)) or ("no Dockerfile or source tells how it is built",)
    if "pie" in notes and "static" not in notes:
        reason = "-buildmode=pie asks for a loader, with or without cgo"
        return _dynamic(target, shown, reason)
    if _OFF in notes or "static" in notes:
        return NativeEvidence(_KIND.PREBUILT, shown, file="a static program", everywhere=True)
    why = _why_cgo(notes, packages)
    without_compiler = target.commands is not None and target.commands.isdisjoint(_COMPILERS)
    if without_compiler and _ON not in notes:
        shown = (*shown, "the builder has no C compiler, so cgo is off")
        return NativeEvidence(_KIND.PREBUILT, shown, file="a static program", everywhere=True)
    if why:
        return _dynamic(target, (*shown, why), f"cgo is on where there is a C compiler, and {why}")
    if SOURCES in notes:
        return NativeEvidence(_KIND.PURE, shown)
    return NativeEvidence(_KIND.UNKNOWN, shown, "no sources are here to tell whether it uses cgo")


def _why_cgo(notes: frozenset[str], packages: Mapping[str, LockedPackage]) -> str:
    if "cgo" in notes:
        return 'its sources import "C"'
    module = next((one.name for one in packages.values() if _needs_cgo(one)), "")
    if module:
        return f"{module} needs it"
    return "net or os/user use it" if "net" in notes and "netgo" not in notes else ""


def _dynamic(target: InstallTarget, shown: tuple[str, ...], reason: str) -> NativeEvidence:
    return NativeEvidence(
        _KIND.PREBUILT,
        shown,
        reason,
        fix=_STATIC_FIX,
        file="a program that asks for a loader",
        libc=target.libc,
    )


def _needs_cgo(package: LockedPackage) -> bool:
    return known_package(TYPE, package.name, package.version) is not None
