"""Every symbol is defined that a file needs; if not: when that is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.elf_relocations import RelocationKind
from bedplate.binaries.plugins import PluginKind
from bedplate.model.elf_file import Linkage
from bedplate.model.verdict import Outcome
from bedplate.proving.remedies import missing_symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.binaries.link_map import Loaded
    from bedplate.binaries.symbol_scope import MissingSymbol
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "undefined symbols"
_SHOWN = 8
_CALL = frozenset((RelocationKind.JUMP_SLOT,))


def check(case: Case) -> Proof | None:
    """Look every reference up in the process."""
    if case.missing_libraries:
        return None  # they may define it
    later = None
    for one in case.objects:
        absent = case.missing_symbols(one.library.elf)
        if not absent:
            continue
        kinds = _kinds(case, one, absent)
        now = [
            each
            for each in absent
            if not case.is_deferred(one.library.elf, kinds.get(each.name, _CALL))
        ]
        if now:
            return _refused(case, one, now, absent)
        later = later or _crashes(case, one, absent)
    return later


def _kinds(
    case: Case, one: Loaded, absent: list[MissingSymbol]
) -> Mapping[bytes, frozenset[RelocationKind]]:
    """Say how a file of the application uses what is absent; one of the base calls it."""
    own = one.library.path == case.file.path
    file = case.file if own else case.situation.application.file(one.library.path)
    return file.read_kinds([each.name for each in absent]) if file else {}


def _refused(
    case: Case, one: Loaded, now: list[MissingSymbol], absent: list[MissingSymbol]
) -> Proof:
    name = _text(now[0])
    unmodelled = case.host is not None and case.host.program is None
    if unmodelled and case.file.plugin_of & {PluginKind.PHP, PluginKind.JAVA}:
        return case.proof(
            Outcome.UNKNOWN,
            NAME,
            f"{name} is not defined by libc, and what else is in its process is not known",
            missing=name,
            requested_by=one.path,
        )
    return case.proof(
        Outcome.FAILS,
        NAME,
        f"{name} is not defined: {_when(case)}",
        missing=name,
        requested_by=one.path,
        fix=missing_symbol(case),
        evidence=_all(absent),
    )


def _when(case: Case) -> str:
    return "it does not start" if case.linkage is Linkage.DYNAMIC else "it is not loaded"


def _crashes(case: Case, one: Loaded, absent: list[MissingSymbol]) -> Proof:
    name = _text(absent[0])
    return case.proof(
        Outcome.RISK,
        NAME,
        f"it loads, and crashes when it calls {name}, which is not defined",
        missing=name,
        requested_by=one.path,
        fix=missing_symbol(case),
        evidence=_all(absent),
    )


def _all(absent: list[MissingSymbol]) -> tuple[str, ...]:
    if len(absent) == 1:
        return ()
    names = ", ".join(map(_text, absent[:_SHOWN]))
    rest = f" and {len(absent) - _SHOWN} more" if len(absent) > _SHOWN else ""
    return (f"not defined: {names}{rest}",)


def _text(one: MissingSymbol) -> str:
    name = one.name.decode("utf-8", "surrogateescape")
    return f"{name}@{one.version}" if one.version else name
