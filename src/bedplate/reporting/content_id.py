"""Identifiers that come from content: the same document has the same one."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5


def content_uuid(document: Any) -> UUID:
    """Give the identifier of a document of plain values."""
    text = json.dumps(document, sort_keys=True)
    return uuid5(NAMESPACE_URL, sha256(text.encode()).hexdigest())


class UniqueNames:
    """Gives out names, each once: a second `a` becomes `a#2`.

    Args:
        mark: stands before the number.
    """

    def __init__(self, mark: str = "#") -> None:
        self._mark = mark
        self._given: dict[str, int] = {}

    def claim(self, name: str) -> str:
        """Give the name, or with a number where it was given already."""
        candidate = name
        while candidate in self._given:
            self._given[name] += 1
            candidate = f"{name}{self._mark}{self._given[name]}"
        self._given[candidate] = 1
        return candidate
