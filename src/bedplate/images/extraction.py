"""Taking extracts out of a content that streams by: whole while it is small, else piecewise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.model.extract import Extract
    from bedplate.model.want import Want

ELF = b"\x7fELF"
EXECUTABLE = 0o111
_MAX_PLACES = 16  # of a needle, in a file too large to be read whole


class Extraction:
    """The extracts of one file.

    Holds the file once while it is within the limit of some want, otherwise as much of it as
    an extract reaches.

    Args:
        wants: those that answer to the file and have an extract.
        size: bytes of the file.
    """

    def __init__(self, wants: Sequence[Want], size: int) -> None:
        extracts = [(want, want.extract) for want in wants if want.extract is not None]
        self._small = [one for want, one in extracts if size <= want.limit]
        large = [one for want, one in extracts if size > want.limit]
        self._windows = [_Window(one) for one in large if one.reach]
        self.too_large = any(not one.reach for one in large)
        self._whole = bytearray(size if self._small else 0)
        self.active = bool(self._small or self._windows)

    def watch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pass a content on, piece by piece, and look at it."""
        at = 0
        for piece in pieces:
            if self._small:
                self._whole[at : at + len(piece)] = piece
                at += len(piece)
            for window in self._windows:
                window.feed(piece)
            yield piece

    def results(self) -> tuple[dict[str, bytes], list[str]]:
        """Give what was found by name, and why something could not be read."""
        found: dict[str, bytes] = {}
        refused: list[str] = []
        for one in self._small:
            if one.needle in self._whole:
                _take(one, self._whole, found, refused)
        for window in self._windows:
            window.end(found, refused)
        return found, refused


def _take(
    extract: Extract, content: bytes | bytearray, found: dict[str, bytes], refused: list[str]
) -> bool:
    try:
        taken = extract.read(content)
    except BedplateError as error:
        refused.append(error.message)
        return True
    if taken is not None:
        found[extract.name] = taken
    return taken is not None


class _Window:
    """What follows each needle of a stream, as far as an extract reaches."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._content = bytearray()
        self._places = 0
        self._done = False
        self._found: dict[str, bytes] = {}
        self._refused: list[str] = []

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        if self._done:
            return
        self._content += piece
        while self._to_needle() and len(self._content) >= self._extract.reach:
            self._try()

    def end(self, found: dict[str, bytes], refused: list[str]) -> None:
        """Look at what is left, and hand the outcome over."""
        while not self._done and self._to_needle():
            self._try()
        found.update(self._found)
        refused += self._refused

    def _to_needle(self) -> bool:
        """Drop what stands before the next needle, or all but a possible beginning of one."""
        at = self._content.find(self._extract.needle)
        rest = max(0, len(self._content) - len(self._extract.needle) + 1)
        del self._content[: rest if at < 0 else at]
        return at >= 0 and not self._done

    def _try(self) -> None:
        self._places += 1
        window = self._content[: self._extract.reach]
        self._done = _take(self._extract, window, self._found, self._refused)
        self._done = self._done or self._places == _MAX_PLACES
        del self._content[: len(self._content) if self._done else 1]
