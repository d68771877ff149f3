"""Variables in values: `$NAME`, `${NAME}` and, where the format has them, defaults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.located import Located

if TYPE_CHECKING:
    from collections.abc import Mapping

# The innermost expression only: its default holds no other one.
_VARIABLE = re.compile(
    r"\$(?:(?P<bare>[A-Za-z_]\w*)"
    r"|\{(?P<name>[A-Za-z_]\w*)(?:(?P<operator>:?[-+])(?P<word>[^${}]*))?\})"
)
_MAX_DEPTH = 8
_MAX_LENGTH = 4096


def expand(value: Located, variables: Mapping[str, str], *, defaults: bool = False) -> Located:
    """Replace variables whose value is known, by itself or by a default beside the name.

    A default keeps its place in the file, so that it can be edited there.

    Args:
        value: text with `$NAME`, `${NAME}`, `${NAME:-default}` or `${NAME:+instead}`.
        variables: what is known by name.
        defaults: the format has defaults, as Compose does.

    Returns:
        The text; what is not known stays as it is.

    Source: Compose specification, "Interpolation".
    """
    for _ in range(_MAX_DEPTH):
        expanded = _innermost(value, variables, defaults=defaults)
        if expanded is value or len(expanded.text) > _MAX_LENGTH:
            break
        value = expanded
    return value


def _innermost(value: Located, variables: Mapping[str, str], *, defaults: bool) -> Located:
    position, result, changed = 0, Located.at("", 0), False
    for match in _VARIABLE.finditer(value.text):
        known = _value_of(match, value, variables, defaults=defaults)
        if known is not None:
            result = result + value[position : match.start()] + known
            position, changed = match.end(), True
    return result + value[position:] if changed else value


def _value_of(
    match: re.Match[str], value: Located, variables: Mapping[str, str], *, defaults: bool
) -> Located | None:
    known = variables.get(match["bare"] or match["name"])
    operator = match["operator"] or ""
    if operator and not defaults:
        return None
    missing = known is None or (known == "" and operator.startswith(":"))
    if operator.endswith("+"):
        return Located.at("", 0) if missing else value[slice(*match.span("word"))]
    if missing and operator:
        return value[slice(*match.span("word"))]
    return None if known is None else Located.nowhere(known)
