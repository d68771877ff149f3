"""`[update]` of bedplate.toml; every key is described in docs/update.md."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.model.rating import Level
from bedplate.model.tag_policy import Ended
from bedplate.model.update_policy import GateLimits, UpdatePolicy, UpdateRule, UpdateSettings
from bedplate.updating import setting_values as take
from bedplate.updating.schedule_text import read_schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.schedule import Window

    Reader = Callable[[str, Any], Any]

NAME = "bedplate"
PLACES: tuple[str, ...] = ("bedplate.toml",)


def read(path: str, text: str, /) -> UpdateSettings:
    """Read the table `[update]`; a file without it says nothing, so it gives no sources."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidConfiguration(f"{path}: not TOML: {error}") from error
    if "update" not in tables:
        return UpdateSettings()
    return read_table(path, take.table(f"{path}: update", tables["update"]))


def read_table(path: str, table: Mapping[str, Any]) -> UpdateSettings:
    """Check the table `[update]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind.
    """
    place = f"{path}: update"
    known = {**_POLICY, **_SETTINGS, "rule": None}
    _refuse_unknown(place, table, known)
    policy = UpdatePolicy(**_taken(place, table, _POLICY))
    rows = table.get("rule", [])
    if not isinstance(rows, list):
        raise InvalidConfiguration(f"{place}.rule is not a list of tables", "write [[update.rule]]")
    rules = tuple(_rule(f"{place}.rule {n}", row, path) for n, row in enumerate(rows, 1))
    settings = _taken(place, table, _SETTINGS)
    return UpdateSettings(policy, rules, sources=(path,), **settings)


def _rule(place: str, row: Any, path: str) -> UpdateRule:
    table = take.table(place, row)
    _refuse_unknown(place, table, {**_POLICY, **_MATCHES})
    return UpdateRule(_taken(place, table, _POLICY), source=path, **_taken(place, table, _MATCHES))


def _taken(place: str, table: Mapping[str, Any], readers: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for key, (name, reader) in readers.items():
        if key in table:
            found[name] = reader(f"{place}.{key}", table[key])
    return found


def _refuse_unknown(place: str, table: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key in table:
        if key not in known:
            raise InvalidConfiguration(
                f"{place}: unknown key {key[:60]!r}", f"known: {', '.join(sorted(known))}"
            )


def _days(place: str, value: Any) -> float:
    return take.hours(place, value) / 24


def _whole_days(place: str, value: Any) -> int:
    return round(_days(place, value))


def _count(place: str, value: Any) -> int:
    return int(take.number(place, value))


def _ended(place: str, value: Any) -> Ended:
    words = [one.value for one in Ended]
    if value not in words:
        raise InvalidConfiguration(f"{place} is none of {', '.join(words)}")
    return Ended(value)


def _ranges(place: str, value: Any) -> tuple[str, ...]:
    return tuple(take.version_range(place, one) for one in take.texts(place, value))


def _address(place: str, value: Any) -> str:
    found = take.text(place, value)
    if not found.startswith(("https://", "http://")):
        raise InvalidConfiguration(f"{place} is no address", "write https://hub.docker.com/v2")
    return found


def _level(place: str, value: Any) -> str:
    words = ["none", *(level.word for level in Level if level is not Level.UNKNOWN)]
    if value not in words:
        raise InvalidConfiguration(f"{place} is none of {', '.join(words)}")
    return "" if value == "none" else str(value)


def _reading(place: str, value: Any) -> str:
    if value not in ("vendor", "cvss"):
        raise InvalidConfiguration(f"{place} is neither vendor nor cvss")
    return str(value)


def _gates(place: str, value: Any) -> GateLimits:
    table = take.table(place, value)
    _refuse_unknown(place, table, _GATES)
    return GateLimits(**_taken(place, table, _GATES))


def _schedule(place: str, value: Any) -> tuple[Window, ...]:
    lines = take.texts(place, value if isinstance(value, list) else [value])
    windows: list[Window] = []
    for line in lines:
        read = read_schedule(line)
        if read is None:
            raise InvalidConfiguration(f"{place}: {line[:60]!r} is no schedule")
        windows += read
    return tuple(windows)


_GATES = {
    "new-vulnerabilities": ("new_vulnerabilities", _level),
    "fixable-only": ("fixable_only", take.flag),
    "reading": ("reading", _reading),
    "growth": ("growth", take.number),
    "must-know": ("must_know", take.flag),
}
_POLICY: dict[str, tuple[str, Reader]] = {
    "enabled": ("enabled", take.flag),
    "axes": ("axes", take.axes),
    "prereleases": ("prereleases", take.flag),
    "short-term": ("short_term", take.flag),
    "ended": ("ended", _ended),
    "margin": ("margin", _whole_days),
    "allow": ("allow", take.texts),
    "deny": ("deny", take.texts),
    "within": ("within", take.version_range),
    "ignored": ("ignored", _ranges),
    "minimum-age": ("minimum_age", _days),
    "settle": ("settle", take.hours),
    "pin-digests": ("pin_digests", take.flag),
    "platforms": ("platforms", take.platforms),
    "gates": ("gates", _gates),
    "group": ("group", take.text),
    "schedule": ("schedule", _schedule),
    "labels": ("labels", take.texts),
    "reviewers": ("reviewers", take.texts),
    "team-reviewers": ("team_reviewers", take.texts),
    "assignees": ("assignees", take.texts),
    "draft": ("draft", take.flag),
    "auto-merge": ("auto_merge", take.flag),
}
_SETTINGS: dict[str, tuple[str, Reader]] = {
    "open-requests": ("open_requests", _count),
    "branch-prefix": ("branch_prefix", take.text),
    "base": ("base", take.text),
    "dashboard": ("dashboard", take.flag),
    "title-prefix": ("title_prefix", take.text),
    "hub-api": ("hub_api", _address),
}
_MATCHES: dict[str, tuple[str, Reader]] = {
    "images": ("images", take.texts),
    "but": ("but", take.texts),
    "files": ("files", take.texts),
    "kinds": ("kinds", take.texts),
    "moves": ("axes", take.axes),
    "until": ("until", take.day),
    "reason": ("reason", take.text),
}
