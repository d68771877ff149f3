"""What the readers of one line raise; `parsing` adds the place and makes it InvalidDockerfile."""

from __future__ import annotations


class Malformed(Exception):  # noqa: N818 - never leaves the room
    """A line that BuildKit refuses to parse.

    Args:
        message: what is wrong.
        hint: what to do about it.
        offset: where it is wrong, in the source; None for the beginning of the line.
    """

    def __init__(self, message: str, hint: str = "", offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset
