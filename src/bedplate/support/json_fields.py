"""Fields of decoded documents: what is not of the expected shape reads as empty."""

from __future__ import annotations

from typing import Any


def text(value: Any) -> str:
    """Give a string field without surrounding space, or the empty string."""
    return value.strip() if isinstance(value, str) else ""


def mapping(value: Any) -> dict[str, Any]:
    """Give an object field, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Give a list field, or an empty one."""
    return value if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Give the non-empty strings of a list field."""
    return [entry for entry in map(text, items(value)) if entry]
