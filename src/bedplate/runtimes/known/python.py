"""CPython."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.model.want import KIB, MIB, Want
from bedplate.runtimes import python_tools
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    libraries,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "python"
TITLE = "Python"
EOL_PRODUCT = "python"

# The search of each needs its number: a bare `3.x.y` may be any library's version.
_MINORS = ("2.7", *(f"3.{minor}" for minor in range(4, 21)))
_HEADER = re.compile(r'^#define PY_VERSION\s+"(\d[0-9a-z.+]{0,40})"', re.MULTILINE)
_PROGRAM = re.compile(r"(?:platform-)?python(\d\.\d{1,2})([mt]?)")


def _flags(minor: str) -> tuple[str, ...]:
    """Give the ABI flags in file names: `m` until 3.7, `t` for the free-threaded from 3.13."""
    number = int(minor.partition(".")[2])
    if minor.startswith("3.") and number >= 13:
        return ("", "t")
    return ("", "m") if minor.startswith("3.") and number <= 7 else ("",)


def _globs(minor: str) -> tuple[str, ...]:
    names = tuple(f"**/bin/python{minor}{flag}" for flag in _flags(minor))
    return (*names, f"**/libexec/platform-python{minor}")


def _library(minor: str, flag: str) -> str:
    return f"**/libpython{minor}{flag}.so.1.0"


def _wants(minor: str) -> Iterator[Want]:
    # linkers may let the string end a longer one: the path `.../Python-3.11.7`
    search = rf"[\x00-]({re.escape(minor)}\.\d{{1,3}}(?:(?:a|b|rc)\d{{1,2}})?\+?)\x00".encode()
    needle = f"{minor}.".encode()
    for glob in _globs(minor):
        yield from program(glob, search, needle)
    for flag in _flags(minor):
        yield Want(_library(minor, flag), 256 * MIB, search=search, needle=needle)


WANTS: tuple[Want, ...] = (
    Want("**/include/*/patchlevel.h", 16 * KIB, head=True),
    *(want for minor in _MINORS for want in _wants(minor)),
)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every interpreter that is no copy in a virtual environment."""
    seen = set()
    for path in programs(tree, *(glob for minor in _MINORS for glob in _globs(minor))):
        match = _PROGRAM.fullmatch(path.rpartition("/")[2])
        prefix = prefix_of(path)
        if match is None or tree.get(below(prefix, "pyvenv.cfg")):
            continue
        minor, flag = match.groups()
        if (prefix, minor) not in seen:
            seen.add((prefix, minor))
            version, evidence = _version(tree, prefix, path, minor, flag)
            yield Runtime(
                NAME,
                TITLE,
                version,
                path,
                evidence,
                bundled=python_tools.tools(tree, prefix, minor),
                roots=_roots(tree, prefix, minor),
                packaged=is_packaged(tree, path),
            )


def _version(tree: Tree, prefix: str, path: str, minor: str, flag: str) -> tuple[str, str]:
    """Give version and evidence, from the headers, the program or its library."""
    for flags in dict.fromkeys((flag, *_flags(minor))):
        header = below(prefix, f"include/python{minor}{flags}/patchlevel.h")
        version = group(_HEADER, tree.read(header))
        if version.startswith(f"{minor}."):
            return version, header
    if version := found(tree, path):
        return version, path
    for flags in dict.fromkeys((flag, *_flags(minor))):
        for library in libraries(tree, prefix, _library(minor, flags)):
            if version := found(tree, library):
                return version, library
    return minor, path


def _roots(tree: Tree, prefix: str, minor: str) -> tuple[str, ...]:
    # a conda prefix is a whole distribution, not Python alone
    if has_own_prefix(tree, prefix, (f"lib/python{minor}",)) and not tree.get(
        f"{prefix}/conda-meta"
    ):
        return (prefix,)
    names = (
        f"bin/python{minor}*",
        "bin/python3",
        "bin/python",
        "bin/python3-config",
        "bin/idle*",
        "bin/pydoc*",
        "bin/2to3*",
        f"lib/python{minor}",
        f"lib64/python{minor}",
        f"lib/libpython{minor}*",
        f"lib64/libpython{minor}*",
        "lib/libpython3.so",
        f"lib/pkgconfig/python-{minor}*",
        f"include/python{minor}*",
        f"share/man/man1/python{minor}*",
    )
    return present(tree, prefix, names)


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `PYTHON_VERSION` and the versions of its installers, as official images set them."""
    name, version = variable(config, ("PYTHON_VERSION",))
    if not name:
        return None
    bundled = []
    for tool in ("pip", "setuptools", "wheel"):
        key, stated = variable(config, (f"PYTHON_{tool.upper()}_VERSION",))
        if key:
            bundled.append(Tool(tool, stated, evidence=f"config: {key}"))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}", bundled=tuple(bundled))


def cycle(version: str, /) -> str:
    """Give `3.12` of `3.12.14`."""
    return leading(version, 2)
