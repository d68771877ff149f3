"""Which extension modules a Python interpreter looks at: their file names decide.

Source: PEP 3149, PEP 387 of the stable ABI's `.abi3`; CPython, `configure.ac` (SOABI) and
Python/dynload_shlib.c (`_PyImport_DynLoadFiletab`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAGGED = re.compile(
    r"(?P<module>[^.]+)\.(?P<tag>cpython-\d{2,4}[a-z]*|pypy\d{2,4}-pp\d{2,3}|graalpy\d+-\d+-native)"
    r"(?:-(?P<platform>[A-Za-z0-9_]+-linux(?:-[a-z0-9]+)?))?\.so"
)
_PLAIN = re.compile(r"(?P<module>[^.]+)\.(?:(?P<stable>abi3t?)\.)?so")


@dataclass(frozen=True, slots=True)
class ExtensionName:
    """The parts of `_x.cpython-311-x86_64-linux-gnu.so`.

    Args:
        module: `_x`.
        tag: `cpython-311`; empty when the name has none.
        platform: `x86_64-linux-gnu`; empty when the name has none.
        stable: `abi3` for the stable ABI; empty otherwise.
    """

    module: str
    tag: str = ""
    platform: str = ""
    stable: str = ""


def parse_extension_name(name: str) -> ExtensionName | None:
    """Take a file name apart; None when no interpreter takes it for a module.

    Args:
        name: without folders.
    """
    if match := _TAGGED.fullmatch(name):
        return ExtensionName(match["module"], match["tag"], match["platform"] or "")
    if match := _PLAIN.fullmatch(name):
        return ExtensionName(match["module"], stable=match["stable"] or "")
    return None


def looked_at(name: str, suffix: str) -> bool:
    """Tell whether an interpreter tries to load a file of this name at all.

    Args:
        name: of the file, without folders.
        suffix: EXT_SUFFIX of the interpreter: `.cpython-311-x86_64-linux-musl.so`.
    """
    parsed = parse_extension_name(name)
    if parsed is None:
        return False
    return name == f"{parsed.module}{suffix}" or name in _untagged(parsed.module, suffix)


def _untagged(module: str, suffix: str) -> tuple[str, ...]:
    """Give the other names; free-threaded interpreters can't load the stable ABI of the rest."""
    free_threaded = re.match(r"\.cpython-\d+[a-su-z]*t", suffix) is not None
    cpython = suffix.startswith(".cpython-")
    stable = "abi3t" if free_threaded else "abi3"
    return (f"{module}.so", *((f"{module}.{stable}.so",) if cpython else ()))


def suffix_among(names: list[str]) -> str:
    """Find EXT_SUFFIX of an interpreter by the modules that came with it.

    Args:
        names: of files in its `lib-dynload`.

    Returns:
        empty when none of them has a tag.
    """
    for name in names:
        parsed = parse_extension_name(name)
        if parsed is not None and parsed.tag:
            return name.removeprefix(parsed.module)
    return ""
