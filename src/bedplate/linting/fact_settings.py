"""What a user decides about facts rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration, InvalidPlatform
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = ("platforms", "stale-months", "end-of-life-days")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class FactSettings:
    """The table `[lint.facts]` of bedplate.toml.

    Args:
        platforms: what every image must be made for, unless its place names a platform.
        stale_months: months without a new build after which a tag is stale.
        end_of_life_days: days before the end of support from which on it is reported.
    """

    platforms: tuple[Platform, ...] = ()
    stale_months: int = 12
    end_of_life_days: int = 90


def read_fact_settings(table: Mapping[str, Any]) -> FactSettings:
    """Check the table `[lint.facts]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind; names the key.
    """
    for key in table:
        if key not in _KEYS:
            raise InvalidConfiguration(
                f"unknown key lint.facts.{key[:100]}", f"known: {', '.join(_KEYS)}"
            )
    defaults = FactSettings()
    return FactSettings(
        platforms=_platforms(table.get("platforms", [])),
        stale_months=_count(table, "stale-months", defaults.stale_months),
        end_of_life_days=_count(table, "end-of-life-days", defaults.end_of_life_days),
    )


def _platforms(value: object) -> tuple[Platform, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidConfiguration("lint.facts.platforms is not a list of texts")
    try:
        return tuple(Platform.parse(item) for item in value)
    except InvalidPlatform as error:
        raise InvalidConfiguration(f"lint.facts.platforms: {error.message}", error.hint) from error


def _count(table: Mapping[str, Any], key: str, default: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _MOST:
        raise InvalidConfiguration(f"lint.facts.{key} is not a whole number from 1 to {_MOST}")
    return value
