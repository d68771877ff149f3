"""The Python of the base looks at an extension module at all.

Source: PEP 3149; CPython, Python/dynload_shlib.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.binaries.plugins import PluginKind
from bedplate.binaries.python_extension import looked_at, parse_extension_name
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.binaries.python_extension import ExtensionName
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "extension suffix"
_CYCLE = re.compile(r"cpython-3(\d{1,2})[a-z]*")
_SINCE = 11


def check(case: Case) -> Proof | None:
    """Compare the file name with EXT_SUFFIX."""
    program = case.host.program if case.host else None
    name = case.file.path.rpartition("/")[2]
    parsed = parse_extension_name(name)
    if PluginKind.PYTHON not in case.file.plugin_of or parsed is None or case.loader is None:
        return None
    if program is None:
        return _by_libc(case, parsed, case.loader.kind)
    if program.name != "python" or not program.suffix:
        return None
    if looked_at(name, program.suffix):
        return None
    return case.proof(
        Outcome.FAILS,
        NAME,
        f"python {program.version} never looks at it: its modules end in {program.suffix}",
        missing=f"{parsed.module}{program.suffix}",
        fix="install the packages again with the Python of this base",
    )


def _by_libc(case: Case, parsed: ExtensionName, kind: LoaderKind) -> Proof | None:
    """Judge by the name alone: since 3.11 it says for which C library Python was built."""
    since = _CYCLE.fullmatch(parsed.tag)
    ends = parsed.platform.rpartition("-")[2]
    wanted = {LoaderKind.GLIBC: "gnu", LoaderKind.MUSL: "musl"}[kind]
    if since is None or int(since[1]) < _SINCE or ends not in ("gnu", "musl") or ends == wanted:
        return None
    platform = f"{parsed.platform.removesuffix(ends)}{wanted}"
    return case.proof(
        Outcome.FAILS,
        NAME,
        f"a Python for {kind} never looks at it: the name says {parsed.platform}",
        missing=f"{parsed.module}.{parsed.tag}-{platform}.so",
        fix="install the packages again with the Python of this base",
    )
