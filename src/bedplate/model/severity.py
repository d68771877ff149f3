"""How much a violation of a rule matters."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """From taste to breakage; a larger value matters more."""

    STYLE = 1
    INFO = 2
    WARNING = 3
    ERROR = 4

    @property
    def word(self) -> str:
        """The name in lower case, as reports write it."""
        return self.name.lower()
