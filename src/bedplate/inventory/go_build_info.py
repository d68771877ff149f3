"""Go programs: their build information, taken out of a layer, and the modules in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.binaries.go_buildinfo import parse_build_info, read_go_buildinfo
from bedplate.binaries.go_program import go_version_text
from bedplate.model.extract import Extract
from bedplate.model.want import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.go_buildinfo import GoModule

_MAGIC = b"\xff Go buildinf:"
_HEADER = 32  # magic, size of pointers, flags, then two pointers or nothing
_INLINE = 2  # flag of Go 1.18 and later: version and modules follow the header
# The linker puts these around the list of modules, so that it can be found.
_START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")
_END = bytes.fromhex("f932433186182072008242104116d8f2")
_MAX_INFO = 2 * MIB
_MAX_PLACES = 64
_RELEASE = re.compile(r"go(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?)")
_PATH = re.compile(r"[^\s@]{1,1000}")


class LinkedModule(NamedTuple):
    """A module as it was linked; the version is empty when it has none that means something."""

    path: str
    version: str


def take_build_info(content: bytes | bytearray) -> bytes | None:
    """Find the build information of a Go program, of any executable format.

    Args:
        content: the program, or what follows the magic.

    Returns:
        The version as the linker wrote it, a line break, and the lines about modules. None
        if there is nothing. Before Go 1.18 the version stands behind a pointer: it is empty
        where that can't be followed.

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
    """Read what belongs to a magic, None when that is only the text of some other program."""
    header = content[at : at + _HEADER]
    if len(header) < _HEADER or header[14] not in (0, 4, 8):
        return None
    if header[15] & _INLINE:
        start = at + _HEADER + 1
        # a length of one byte: no version has 128 letters
        version = bytes(content[start : start + sum(content[start - 1 : start])])
        known = version.startswith((b"go", b"devel"))
        return version + b"\n" + _listed(content, start) if known else None
    listed = _listed(content, 0)
    found = read_go_buildinfo(memoryview(content))
    if found is None and not listed:
        return None
    version_text = found.version if found else f"go{go_version_text(memoryview(content))}"
    return version_text.encode() + b"\n" + listed


def _listed(content: bytes | bytearray, start: int) -> bytes:
    start = content.find(_START, start)
    end = content.find(_END, start, start + _MAX_INFO)
    return bytes(content[start + len(_START) : end]) if start >= 0 and end >= 0 else b""


BUILD_INFO = Extract("go-build-info-1", take_build_info, _MAGIC, reach=_MAX_INFO)


def standard_library(info: bytes) -> str:
    """Give the version of the standard library, as Go's advisories write it.

    Experiments (`X:loopvar`) and vendors' additions are cut off; empty for development
    versions and where the information does not tell.
    """
    match = _RELEASE.match(info.partition(b"\n")[0].decode("utf-8", "replace"))
    return match[1] if match else ""


def linked_modules(info: bytes) -> Iterator[LinkedModule]:
    """Give the main module and the dependencies, each as it was built: replaced or not.

    The main module of a work tree has no version that advisories could know.
    """
    version, _, listed = info.decode("utf-8", "replace").partition("\n")
    build = parse_build_info(version, listed)
    for module in (build.main, *build.modules):
        if module is None:
            continue
        path, version = _effective(module)
        unnamed = version == "(devel)" or (module is build.main and version.startswith("v0.0.0-"))
        if _PATH.fullmatch(path):
            yield LinkedModule(path, "" if unnamed else version)


def _effective(module: GoModule) -> tuple[str, str]:
    """Let the replacement win, but not a folder on the builder's disk: it has no version."""
    if module.replaced is not None and module.path.startswith((".", "/")):
        module = module.replaced
    return module.path, module.version
