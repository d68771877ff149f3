"""Cargo: for which target the program is built, and which system libraries its crates link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.native_packages import known_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage

TYPE = "cargo"
_KIND = NativeKind
# With this crate, openssl-sys brings OpenSSL along.
_VENDORED = "openssl-src"


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell what a crate asks for once the program is built on a target.

    Args:
        package: a crate of the workspace, or one that it needs.
        packages: all of the lock file.
        target: where it is built.

    Source: rustc book, "Platform Support": targets for musl link it statically.
    """
    if package.direct:
        return _program(package, target)
    known = known_package(TYPE, package.name, package.version)
    vendored = any(one.name == _VENDORED for one in packages.values())
    if known is None or (package.name == "openssl-sys" and vendored):
        return NativeEvidence(_KIND.PURE, ("not known to link a library of the system",))
    return NativeEvidence(
        _KIND.COMPILE,
        (known.shown, *((known.note,) if known.note else ())),
        libraries=known.libraries,
        provided_by=known.provided_by,
    )


def _program(crate: LockedPackage, target: InstallTarget) -> NativeEvidence:
    targets = [note.removeprefix("target=") for note in crate.notes if note.startswith("target=")]
    shown = tuple(targets) or ("no target named: that of the builder",)
    static = "static" in crate.notes or ("musl" in targets[0] if targets else target.libc == "musl")
    if static:
        return NativeEvidence(_KIND.PREBUILT, shown, file="a static program", everywhere=True)
    return NativeEvidence(
        _KIND.PREBUILT,
        shown,
        fix="build for a target of musl (x86_64-unknown-linux-musl), or on the same C library",
        file="a program that asks for glibc",
        libc="glibc",
    )
