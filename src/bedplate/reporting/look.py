"""How a report is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What a report may use.

    Args:
        width: columns of the terminal.
        color: whether colour and bold are welcome.
        unicode: whether line and block characters can be shown.
        packages: list every package instead of a summary.
        suppressed: list findings that do not count instead of a summary.
    """

    width: int = 80
    color: bool = False
    unicode: bool = True
    packages: bool = False
    suppressed: bool = False
