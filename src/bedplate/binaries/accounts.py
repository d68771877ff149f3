"""Users and groups of `/etc/passwd` and `/etc/group`.

Source: passwd(5), group(5).
"""

from __future__ import annotations

from bedplate.model.abi_profile import UserAccount

_MAX_LINES = 10_000


def read_users(content: bytes) -> tuple[UserAccount, ...]:
    """Read `/etc/passwd`; lines that are none are passed over."""
    rows = (line.split(":") for line in _lines(content))
    return tuple(
        UserAccount(row[0], int(row[2]), int(row[3]), row[5], row[6])
        for row in rows
        if len(row) == 7 and row[0] and _is_number(row[2]) and _is_number(row[3])
    )


def read_groups(content: bytes) -> dict[str, int]:
    """Read `/etc/group`: number by name."""
    rows = (line.split(":") for line in _lines(content))
    return {row[0]: int(row[2]) for row in rows if len(row) >= 3 and row[0] and _is_number(row[2])}


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "surrogateescape").split("\n")[:_MAX_LINES]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 10
