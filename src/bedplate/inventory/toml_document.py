"""TOML documents."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import decode

# A key with this many parts. The standard library's parser takes time and memory that grow
# with the square of it; no tool nests its tables more than five deep.
_LONG_KEY = re.compile(
    r"""(?<![A-Za-z0-9_-])
    (?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""",
    re.VERBOSE,
)


def toml_document(path: str, content: bytes) -> dict[str, Any]:
    """Decode a TOML document.

    Args:
        path: named in errors.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML, or nested too deeply.
        LimitExceeded: too large.
    """
    source = decode(path, content)
    if _LONG_KEY.search(source):
        raise InvalidDocument(f"{path}: TOML with a key of more than 32 parts")
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise InvalidDocument(f"{path}: TOML nested too deeply") from error
    except ValueError as error:
        # TOMLDecodeError, and the plain ValueError of dates and numbers out of range.
        raise InvalidDocument(f"{path}: not TOML: {error}") from error
