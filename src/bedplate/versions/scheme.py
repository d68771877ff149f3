"""The contract of an entry on the shelf `schemes/`: a module with these names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

# Hashable and totally ordered among the keys of one scheme; no order across schemes.
SortKey = tuple[Any, ...]
Condition = Callable[[SortKey], bool]


class Scheme(Protocol):
    """Orders the versions of one packaging system as that system itself does.

    NAME is the scheme's own name; other names for it are in `versions/names.py`. What has a key
    below FLOOR can be sorted, but the system has it in no range: a branch, a text from before
    there were rules. FLOOR is `()` where there is no such thing.
    """

    NAME: str
    FLOOR: SortKey

    def key(self, version: str, /) -> SortKey:
        """Give the place of a version, which is no longer than `keys.MAX_LENGTH`.

        Raises:
            InvalidVersion: the system itself would not take this for a version.
        """
        ...

    def parse_range(self, text: str, /, *, prereleases: bool) -> Condition:
        """Read a range as the packaging system writes it.

        Args:
            text: a range, no longer than `keys.MAX_LENGTH`.
            prereleases: whether prereleases are in a range that only surrounds them; for
                systems that leave them out unless the range names one.

        Raises:
            InvalidVersion: not a range of this system.
        """
        ...
