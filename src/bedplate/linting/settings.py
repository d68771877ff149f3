"""What a user decides about linting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = ("select", "ignore", "enable", "trusted-registries")


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The table `[lint]` of bedplate.toml.

    Args:
        select: rules or twins to run; empty for all.
        ignore: rules or twins to leave out.
        enable: rules to run that otherwise do not.
        trusted_registries: patterns of registries that images may come from; empty for any.
        check: what stands for the `check` directive of every file, as BuildKit's build argument
            BUILDKIT_DOCKERFILE_CHECK does; None to read the directive.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    enable: frozenset[str] = frozenset()
    trusted_registries: tuple[str, ...] = ()
    check: str | None = None


def read_settings(table: Mapping[str, Any]) -> LintSettings:
    """Check the table `[lint]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value that is not a list of texts.
    """
    lists: dict[str, list[str]] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise InvalidConfiguration(f"unknown key lint.{key}", f"known: {', '.join(_KEYS)}")
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InvalidConfiguration(f"lint.{key} is not a list of texts")
        lists[key] = value
    return LintSettings(
        select=frozenset(lists.get("select", ())),
        ignore=frozenset(lists.get("ignore", ())),
        enable=frozenset(lists.get("enable", ())),
        trusted_registries=tuple(lists.get("trusted-registries", ())),
    )
