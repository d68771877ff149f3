"""What to take out of a file while it streams by, in place of keeping it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Extract:
    """A pure function from a content to the few bytes of it that are worth keeping.

    Args:
        name: what is taken out, and under which it is asked for; ends in a number that grows
            with every change of `read`, since indexes of layers are cached by it.
        read: gives what is to keep, None when there is nothing. A `BedplateError` is told
            as a file that could not be examined.
        needle: a literal that stands in every content with something to keep; spares `read`
            all others. Empty: every content is read.
        reach: of a file beyond the limit of its `Want`, `read` is given this many bytes from
            each place of the needle on, which is never the start of the file. 0: such files
            are not read.
    """

    name: str
    read: Callable[[bytes | bytearray], bytes | None] = field(repr=False, compare=False)
    needle: bytes = b""
    reach: int = 0
