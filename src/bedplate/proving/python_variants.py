"""Extension modules that are there for several interpreters: which of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.python_extension import looked_at, parse_extension_name

if TYPE_CHECKING:
    from bedplate.proving.situation import Situation


def passed_over_variants(situation: Situation) -> set[str]:
    """Give the files of other interpreters beside one that the base's Python takes.

    Args:
        situation: application and base.
    """
    program = situation.main_program("python")
    if program is None or not program.suffix:
        return set()
    groups: dict[tuple[str, str], list[str]] = {}
    for path in situation.application.compiled:
        folder, _, name = path.rpartition("/")
        parsed = parse_extension_name(name)
        if parsed and (parsed.tag or parsed.stable):
            groups.setdefault((folder, parsed.module), []).append(path)
    passed_over: set[str] = set()
    for paths in groups.values():
        taken = [path for path in paths if looked_at(path.rpartition("/")[2], program.suffix)]
        if taken:
            passed_over.update(path for path in paths if path not in taken)
    return passed_over
