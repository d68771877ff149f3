"""The Python of the base looks at an extension module at all.

Source: PEP 3149; CPython, Python/dynload_shlib.c.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.plugins import PluginKind
from bedplate.binaries.python_extension import looked_at, parse_extension_name
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "extension suffix"


def check(case: Case) -> Proof | None:
    """Compare the file name with EXT_SUFFIX."""
    program = case.host.program if case.host else None
    if program is None or program.name != "python" or not program.suffix:
        return None
    name = case.file.path.rpartition("/")[2]
    parsed = parse_extension_name(name)
    if PluginKind.PYTHON not in case.file.plugin_of or parsed is None:
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
