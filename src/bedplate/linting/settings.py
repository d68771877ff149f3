"""What a user decides about linting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.linting.image_policy import ImagePolicy, read_image_policy
from bedplate.linting.label_settings import LabelSettings, read_label_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS = ("select", "ignore", "enable", "trusted-registries")
_KEYS = (*_LISTS, "images", "contexts", "labels")


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The table `[lint]` of bedplate.toml.

    Args:
        select: rules or twins to run; empty for all.
        ignore: rules or twins to leave out.
        enable: rules to run that otherwise do not.
        trusted_registries: patterns of registries that images may come from; empty for any.
        images: which images may be used.
        labels: which labels images must have.
        contexts: pairs of a glob of Dockerfiles and the folder that is their build context, both
            from the folder that is linted.
        check: what stands for the `check` directive of every file, as BuildKit's build argument
            BUILDKIT_DOCKERFILE_CHECK does; None to read the directive.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    enable: frozenset[str] = frozenset()
    trusted_registries: tuple[str, ...] = ()
    images: ImagePolicy = field(default_factory=ImagePolicy)
    labels: LabelSettings = field(default_factory=LabelSettings)
    contexts: tuple[tuple[str, str], ...] = ()
    check: str | None = None


def read_settings(table: Mapping[str, Any]) -> LintSettings:
    """Check the table `[lint]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind.
    """
    for key in table:
        if key not in _KEYS:
            known = f"{', '.join(_KEYS)}, facts, packages"
            raise InvalidConfiguration(f"unknown key lint.{key[:100]}", f"known: {known}")
    lists = {key: _texts(table, key) for key in _LISTS}
    return LintSettings(
        select=frozenset(lists["select"]),
        ignore=frozenset(lists["ignore"]),
        enable=frozenset(lists["enable"]),
        trusted_registries=tuple(lists["trusted-registries"]),
        images=read_image_policy(table.get("images", {})),
        labels=read_label_settings(table.get("labels", {})),
        contexts=_contexts(table.get("contexts", {})),
    )


def _texts(table: Mapping[str, Any], key: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidConfiguration(f"lint.{key} is not a list of texts")
    return value


def _contexts(table: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        raise InvalidConfiguration("lint.contexts is not a table", "write [lint.contexts]")
    for glob, folder in table.items():
        if not isinstance(folder, str) or not folder:
            raise InvalidConfiguration(f"lint.contexts: {glob[:100]} has no folder")
    return tuple(table.items())
