"""Which build of a package with native code would be there, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NativeKind(StrEnum):
    """Where the native code of a package comes from, on one target."""

    PURE = "no native code"
    PREBUILT = "prebuilt for the target"
    FOREIGN = "prebuilt for others only"
    COMPILE = "compiled at install"
    DOWNLOAD = "downloaded at install"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NativeEvidence:
    """What is known of one package on one target, without its bytes.

    Args:
        kind: where its native code comes from.
        shown: what shows it: fields, file names, tags.
        reason: one line more; empty when the kind says it all.
        missing: what is not there: `@img/sharp-linuxmusl-x64`, `libudev.so.1`.
        fix: the smallest change that helps, a sentence without a final stop.
        file: name of the build that would be taken.
        fallback: what the install script does when there is no build, COMPILE as a rule.
        libc: C library that the build is made for; empty: any, as there is one for each.
        glibc: least version of glibc that the build needs, `2.33`; empty when not known.
        node_api: Node-API version that the build asks for; 0 when not known.
        libraries: sonames that the build needs of the base.
        commands: programs that the package starts.
        provided_by: packages that bring what is missing, by format: `apk`, `deb`.
        optional: who needs it does without, if slower.
        by_marker: the loader picks the build for musl only where `/etc/alpine-release` is.
        self_contained: compiling it is known to take a compiler and no more.
        everywhere: it runs as well when it is copied to a base with the other C library.
    """

    kind: NativeKind
    shown: tuple[str, ...] = ()
    reason: str = ""
    missing: str = ""
    fix: str = ""
    file: str = ""
    fallback: NativeKind | None = None
    libc: str = ""
    glibc: str = ""
    node_api: int = 0
    libraries: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    provided_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    optional: bool = False
    by_marker: bool = False
    self_contained: bool = False
    everywhere: bool = False
