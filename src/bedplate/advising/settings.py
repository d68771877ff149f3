"""The table `[advise]` of bedplate.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.model.advice import Preference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.linting.package_settings import PackageSettings

_KEYS = ("images", "platforms", "prefer", "debugging")
_MAX_IMAGES = 20


@dataclass(frozen=True, slots=True)
class AdviseSettings:
    """What the user decided.

    Args:
        images: more candidates, by name.
        platforms: for which the project is built; empty to read them from its files.
        preference: what weighs most.
        debugging: whether there must be a shell to look around with.
        compile: whether packages may be compiled in a builder to which a compiler is added.
        packages: where package indexes are; None to look no name up.
    """

    images: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    preference: Preference = Preference.BALANCED
    debugging: bool = False
    compile: bool = False
    packages: PackageSettings | None = None


def read_advise_settings(table: Mapping[str, Any]) -> AdviseSettings:
    """Check the table `[advise]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another type.
    """
    for key in table:
        if key not in _KEYS:
            known = f"known: {', '.join(_KEYS)}"
            raise InvalidConfiguration(f"unknown key advise.{key[:100]}", known)
    debugging = table.get("debugging", False)
    if not isinstance(debugging, bool):
        raise InvalidConfiguration("advise.debugging is neither true nor false")
    prefer = table.get("prefer", Preference.BALANCED)
    if prefer not in list(Preference):
        known = f"known: {', '.join(Preference)}"
        raise InvalidConfiguration("advise.prefer is none of the words", known)
    return AdviseSettings(
        _texts(table, "images"), _texts(table, "platforms"), Preference(prefer), debugging
    )


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    fine = isinstance(values, list) and all(isinstance(value, str) for value in values)
    if not fine or len(values) > _MAX_IMAGES:
        raise InvalidConfiguration(f"advise.{key} is not a list of at most {_MAX_IMAGES} texts")
    return tuple(dict.fromkeys(values))
