"""Plain values as JSON that is safe to print: ASCII, without control characters."""

from __future__ import annotations

import json
from typing import Any

from bedplate.reporting.harmless import without_surrogates


def json_text(document: Any) -> str:
    """Write a document, indented by two, fields in their order.

    Args:
        document: dictionaries, lists, texts, numbers, None.
    """
    import msgspec  # noqa: PLC0415 - lazy: only machine formats need it

    # in two steps, since the standard library indents at a fifth of the speed; DEL is the
    # one control character that JSON lets through
    text = json.dumps(document).replace("\x7f", "\\u007f")
    if "\\ud" in text:
        text = json.dumps(readable(document)).replace("\x7f", "\\u007f")
    return msgspec.json.format(text, indent=2) + "\n"


def readable(value: Any) -> Any:
    """Keep half surrogate pairs out: they stand for bytes, and are not valid JSON."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {readable(key): readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return value
