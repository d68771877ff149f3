"""JSON documents, strict and with the liberties that JavaScript tools take."""

from __future__ import annotations

import re
from typing import Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import decode

# A string, or what is to go. The string ends at the end of the text too, so that one that
# is not closed costs one pass, not one for every quote in it.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_COMMENTS = re.compile(_STRING + r"|//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_TRAILING_COMMAS = re.compile(_STRING + r"|,(?=\s*+[}\]])", re.DOTALL)


def json_document(path: str, content: bytes) -> dict[str, Any]:
    """Decode a JSON object.

    Args:
        path: named in errors.
        content: the whole file; a byte order mark is allowed.

    Raises:
        InvalidDocument: not JSON, nested too deeply, or not an object.
        LimitExceeded: too large.
    """
    return _object(path, decode(path, content))


def relaxed_json_document(path: str, content: bytes) -> dict[str, Any]:
    """Decode a JSON object that may have comments and trailing commas.

    Raises:
        InvalidDocument: not JSON even so, nested too deeply, or not an object.
        LimitExceeded: too large.
    """
    source = _COMMENTS.sub(_keep_strings, decode(path, content))
    return _object(path, _TRAILING_COMMAS.sub(_keep_strings, source))


def _keep_strings(token: re.Match[str]) -> str:
    return token[0] if token[0].startswith('"') else " "


def _object(path: str, source: str) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415 - lazy: only needed when a document is read

    try:
        document = msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise InvalidDocument(f"{path}: not JSON: {error}") from error
    except RecursionError as error:
        raise InvalidDocument(f"{path}: JSON nested too deeply") from error
    if not isinstance(document, dict):
        raise InvalidDocument(f"{path}: JSON, but not an object")
    return document
