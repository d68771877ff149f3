"""Options and `[check]` of bedplate.toml -> what is asked of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.cli.lint_request import read_lint_request
from bedplate.cli.scan_request import read_request
from bedplate.cli.update_request import outlook_of
from bedplate.errors import InvalidConfiguration
from bedplate.flows.check_request import CheckRequest
from bedplate.matching.gate import parse_gate
from bedplate.model.check_policy import CheckPolicy
from bedplate.model.severity import Severity
from bedplate.model.tag_choice import Axis

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from bedplate.cli.context import Context
    from bedplate.flows.check_request import Refresh
    from bedplate.flows.session import Session

FIELDS = ("lint", "pins", "outdated", "scan", "unexamined")
_DEFAULT = CheckPolicy()
_AXES = {axis.name.lower(): axis for axis in Axis if axis is not Axis.VARIANT}


def read_check_request(arguments: argparse.Namespace, context: Context) -> CheckRequest:
    """Put together the policy and the settings of all parts.

    Raises:
        InvalidConfiguration: a table or an option that can't be read.
    """
    world = context.world
    lint = read_lint_request(arguments, world)
    named: str | None = arguments.config
    path = world.folder / named if named else find_configuration(world.folder)
    table = read_configuration(path).get("check", {}) if path else {}
    offline: bool = arguments.offline
    return CheckRequest(
        policy=read_policy(table, str(path or "bedplate.toml"), offline=offline),
        outlook=outlook_of(arguments, context, compare=False),
        lint=lint.settings,
        facts=lint.facts,
        packages=lint.packages,
        scan=read_request(arguments, world),
        refresher=_refresher(arguments, context),
        sources=(str(path),) if path and table else (),
    )


def read_policy(table: object, place: str, *, offline: bool = False) -> CheckPolicy:
    """Read `[check]`; what is left out has its default.

    Args:
        table: as the TOML parser gives it.
        place: name of the file, for messages.
        offline: what only a network can tell is then no reason to fail.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind.
    """
    if not isinstance(table, dict):
        raise InvalidConfiguration(f"{place}: check is not a table", "write [check]")
    for key in table:
        if key not in FIELDS:
            known = ", ".join(FIELDS)
            raise InvalidConfiguration(
                f"{place}: unknown field check.{key[:100]}", f"known: {known}"
            )
    unexamined = table.get("unexamined", "pass" if offline else "fail")
    if unexamined not in ("fail", "pass"):
        raise _refuse(place, "unexamined", 'write "fail" or "pass"')
    pins = table.get("pins", True)
    if pins is not True and pins is not False and pins != "required":
        raise _refuse(place, "pins", 'write true, false or "required"')
    return CheckPolicy(
        lint=_severity(table, place),
        pins=bool(pins),
        pinned=pins == "required",
        outdated=_axes(table, place),
        gates=_gates(table, place),
        must_know=unexamined == "fail",
    )


def _severity(table: Mapping[str, Any], place: str) -> Severity | None:
    value = table.get("lint", "error")
    if value is False:
        return None
    try:
        return Severity[value.upper()]
    except (KeyError, AttributeError):
        words = ", ".join(f'"{one.word}"' for one in reversed(Severity))
        raise _refuse(place, "lint", f"write {words} or false") from None


def _axes(table: Mapping[str, Any], place: str) -> frozenset[Axis]:
    if "outdated" not in table:
        return _DEFAULT.outdated
    value = table["outdated"]
    if value is False:
        return frozenset()
    words = value.split(",") if isinstance(value, str) else []
    names = {word.strip().lower() for word in words}
    if not names or names - _AXES.keys():
        raise _refuse(place, "outdated", f"write false, or some of {', '.join(_AXES)}")
    return frozenset(_AXES[name] for name in names)


def _gates(table: Mapping[str, Any], place: str) -> tuple[str, ...] | None:
    value = table.get("scan", _DEFAULT.gates)
    if value is False:
        return None
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise _refuse(place, "scan", 'write false, or gates: ["critical,fixable"]')
    for text in value:
        parse_gate(text, has_baseline=True)
    return tuple(value)


def _refuse(place: str, field: str, hint: str) -> InvalidConfiguration:
    return InvalidConfiguration(f"{place}: check.{field} is not understood", hint)


def _refresher(
    arguments: argparse.Namespace, context: Context
) -> Callable[[Session], Refresh | None] | None:
    if arguments.no_update or arguments.offline:
        return None
    from bedplate.cli.db_settings import db_mirrors  # noqa: PLC0415 - lazy: feeds
    from bedplate.flows.refresh import refresher  # noqa: PLC0415 - lazy: feeds

    mirrors = db_mirrors(arguments, context.world)
    return lambda session: refresher(session, mirrors)
