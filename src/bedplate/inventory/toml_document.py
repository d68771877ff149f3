"""TOML documents."""

from __future__ import annotations

import tomllib
from typing import Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import decode


def toml_document(path: str, content: bytes) -> dict[str, Any]:
    """Decode a TOML document.

    Args:
        path: named in errors.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML, or nested too deeply.
        LimitExceeded: too large.
    """
    try:
        return tomllib.loads(decode(path, content))
    except RecursionError as error:
        raise InvalidDocument(f"{path}: TOML nested too deeply") from error
    except ValueError as error:
        # TOMLDecodeError, and the plain ValueError of dates and numbers out of range.
        raise InvalidDocument(f"{path}: not TOML: {error}") from error
