"""What expansion leaves as written."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
    """What to leave as written; BuildKit finds here-documents with all three.

    Args:
        raw_quotes: quotes stay.
        raw_escapes: escape characters stay.
        keep_unset: a variable without a value stays as `$name`.
    """

    raw_quotes: bool = False
    raw_escapes: bool = False
    keep_unset: bool = False
