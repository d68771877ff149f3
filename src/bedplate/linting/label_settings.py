"""Which labels images must have, and what their values must be: the table `[lint.labels]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_LABELS = 1000
_MAX_VALUE = 4096
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>{}|\\^`]*")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_HASH = re.compile(r"[0-9a-f]{7}|[0-9a-f]{40}")
_SEMVER = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]*)?(?:\+[0-9A-Za-z.-]*)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")
# SPDX gave these names up: they do not say whether later versions count.
_AMBIGUOUS = re.compile(r"\b(?:AGPL|GFDL|GPL|LGPL)-[\d.]+\+?(?![\w.-])")


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """The table `[lint.labels]` of bedplate.toml.

    Args:
        schema: pairs of a label that each stage must have, and the kind of its value.
        strict: whether other labels are refused.
    """

    schema: tuple[tuple[str, str], ...] = ()
    strict: bool = False


def read_label_settings(table: object) -> LabelSettings:
    """Check the table `[lint.labels]`.

    Raises:
        InvalidConfiguration: a key or a kind that nobody knows, or a value of another kind.
    """
    if not isinstance(table, dict):
        raise InvalidConfiguration("lint.labels is not a table", "write [lint.labels]")
    for key in table:
        if key not in ("schema", "strict"):
            raise InvalidConfiguration(
                f"unknown key lint.labels.{key[:100]}", "known: schema, strict"
            )
    schema, strict = table.get("schema", {}), table.get("strict", False)
    if not isinstance(schema, dict) or len(schema) > _MAX_LABELS:
        raise InvalidConfiguration(f"lint.labels.schema is not a table of at most {_MAX_LABELS}")
    if not isinstance(strict, bool):
        raise InvalidConfiguration("lint.labels.strict is neither true nor false")
    for label, kind in schema.items():
        if not isinstance(kind, str) or kind not in KINDS:
            raise InvalidConfiguration(
                f"lint.labels.schema: {label[:100]} is of no kind", f"known: {', '.join(KINDS)}"
            )
    return LabelSettings(tuple(schema.items()), strict)


def _is_time(value: str) -> bool:
    """Source: RFC 3339, section 5.6."""
    if _TIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def _is_license(value: str) -> bool:
    """Source: SPDX specification, annex "SPDX license expressions"."""
    from packaging.licenses import (  # noqa: PLC0415 - lazy: only where a schema asks
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        canonical: str = canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        return False
    return canonical == value and "LicenseRef-" not in value and not _AMBIGUOUS.search(value)


KINDS: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    "text": ("", "text", lambda _value: True),
    "url": ("DL3052", "an address", lambda value: _URL.fullmatch(value) is not None),
    "rfc3339": ("DL3053", "a time as RFC 3339 has it", _is_time),
    "spdx": ("DL3054", "an SPDX license", _is_license),
    "hash": ("DL3055", "a commit of Git", lambda value: _HASH.fullmatch(value) is not None),
    "semver": ("DL3056", "a semantic version", lambda value: _SEMVER.fullmatch(value) is not None),
    "email": ("DL3058", "an e-mail address", lambda value: _EMAIL.fullmatch(value) is not None),
}
"""By name: hadolint's code, the name for people, and whether a value is of the kind."""


def fault(kind: str, value: str) -> tuple[str, str] | None:
    """Tell what is wrong with the value of a label.

    Args:
        kind: one of KINDS.
        value: without quotes.

    Returns:
        hadolint's code for it, and what the value should be; None when nothing is wrong.
    """
    code, name, holds = KINDS[kind]
    return None if holds(value[:_MAX_VALUE]) else (code, name)
