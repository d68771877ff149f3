"""What is installed: package databases, metadata folders and lock files -> packages.

The names below are loaded when they are first used: who needs one small module of this room
does not pay for every format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.inventory.collecting import WANTS, collect, collect_file, lock_wants

__all__ = ["WANTS", "collect", "collect_file", "lock_wants"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'bedplate.inventory' has no attribute {name!r}")
    from bedplate.inventory import collecting  # noqa: PLC0415 - lazy: loads every format

    return getattr(collecting, name)
