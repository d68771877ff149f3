"""What the Go linker writes into every program: Go version, modules, replacements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.extract import Extract
from bedplate.model.want import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = b"\xff Go buildinf:"
_HEADER = 32  # magic, pointer size, flags, then two pointers or nothing
_INLINE = 2  # flag of Go 1.18 and later: both strings follow the header
_ALIGNED = 16
# The linker puts these around the list of modules, so that it can be found.
_START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")
_END = bytes.fromhex("f932433186182072008242104116d8f2")
_MAX_INFO = 2 * MIB
_MAX_PLACES = 64
_MAX_MODULES = 20_000
_RELEASE = re.compile(r"go(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?)")
_MODULE = re.compile(r"[^\s@]{1,1000}")


class GoModule(NamedTuple):
    """One module of a program; the version is empty when it has none that means something."""

    path: str
    version: str
    main: bool = False


def take_build_info(content: bytes | bytearray) -> bytes | None:
    """Find the build information of a Go program, of any executable format.

    Args:
        content: the program, or what follows the magic.

    Returns:
        The version as the linker wrote it, a line break, and the lines about modules. Before
        Go 1.18 the version is left out: it stands behind a pointer. None if there is nothing.

    Source: Go source code, debug/buildinfo, "buildinfo.go"; cmd/link, "data.go".
    """
    at = content.find(_MAGIC)
    for _ in range(_MAX_PLACES):
        if at < 0:
            return None
        info = _read_at(content, at)
        if info is not None:
            return info
        at = content.find(_MAGIC, at + 1)
    return None


def _read_at(content: bytes | bytearray, at: int) -> bytes | None:
    """Read what follows a magic, None when it is only the text of some other program."""
    header = content[at : at + _HEADER]
    if len(header) < _HEADER or header[14] not in (0, 4, 8):
        return None
    if not header[15] & _INLINE:
        marked = _marked(content)
        return b"\n" + marked if marked else None
    version, after = _string(content, at + _HEADER)
    listed, _ = _string(content, after)
    if not version.startswith((b"go", b"devel")):
        return None
    # 16 bytes of marker on either side
    return version + b"\n" + (listed[16:-16] if listed.startswith(_START) else b"")


def _string(content: bytes | bytearray, at: int) -> tuple[bytes, int]:
    """Read a length (7 bits a byte, lowest first) and so many bytes."""
    size = 0
    for place in range(5):
        byte = content[at + place : at + place + 1]
        if not byte:
            break
        size |= (byte[0] & 0x7F) << 7 * place
        if not byte[0] & 0x80:
            start = at + place + 1
            fits = size <= min(_MAX_INFO, len(content) - start)
            return (bytes(content[start : start + size]), start + size) if fits else (b"", at)
    return b"", at


def _marked(content: bytes | bytearray) -> bytes:
    start = content.find(_START)
    end = content.find(_END, start, start + _MAX_INFO)
    return bytes(content[start + 16 : end]) if start >= 0 and end >= 0 else b""


BUILD_INFO = Extract("go-build-info-1", take_build_info, _MAGIC, reach=_MAX_INFO)


def standard_library(info: bytes) -> str:
    """Give the version of the standard library, as Go's advisories write it.

    Experiments (`X:loopvar`) and vendors' additions are cut off; empty for development
    versions and where the information does not tell.
    """
    match = _RELEASE.match(info.partition(b"\n")[0].decode("utf-8", "replace"))
    return match[1] if match else ""


def modules(info: bytes) -> Iterator[GoModule]:
    """Give the main module and the dependencies, each as it was built: replaced or not."""
    last: GoModule | None = None
    lines = info.decode("utf-8", "replace").split("\n")[1:]
    for line in lines[:_MAX_MODULES]:
        kind, _, rest = line.partition("\t")
        path, version = [*rest.split("\t"), ""][:2]
        if kind == "=>" and last is not None:
            # a folder on the builder's disk has no version; its contents are of this module
            if version and _MODULE.fullmatch(path):
                last = GoModule(path, version, last.main)
            continue
        if last is not None:
            yield last
        last = None
        if kind in ("mod", "dep") and _MODULE.fullmatch(path):
            last = GoModule(path, _meaningful(version, main=kind == "mod"), kind == "mod")
    if last is not None:
        yield last


def _meaningful(version: str, *, main: bool) -> str:
    """Leave out what the version control could not name."""
    unnamed = version == "(devel)" or (main and version.startswith("v0.0.0-"))
    return "" if unnamed else version
