"""One line on stderr that shows how far the layers are."""

from __future__ import annotations

import threading
import time
from typing import TextIO

from bedplate.reporting.words import size

_INTERVAL = 0.1  # seconds between two drawings
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Sums up all layers that are being read; a `Progress`.

    Args:
        stream: a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._items: dict[str, tuple[int, int | None]] = {}
        self._drawn = 0.0
        self._shown = False

    def advance(self, item: str, done: int, total: int | None) -> None:
        """Note how far an item is, and draw when it is time to."""
        with self._lock:
            self._items[item] = (done, total)
            now = time.monotonic()
            if now - self._drawn >= _INTERVAL:
                self._drawn = now
                self._shown = True
                self._stream.write(_CLEAR + self._line())
                self._stream.flush()

    def clear(self) -> None:
        """Take the line away, before anything else is written."""
        with self._lock:
            if self._shown:
                self._shown = False
                self._stream.write(_CLEAR)
                self._stream.flush()

    def _line(self) -> str:
        read = sum(done for done, _ in self._items.values())
        totals = [total for _, total in self._items.values()]
        finished = sum(done == total for done, total in self._items.values())
        known = [total for total in totals if total is not None]
        of = f" of {size(sum(known))}" if len(known) == len(totals) else ""
        return f"reading layers: {finished} of {len(totals)} done, {size(read)}{of}"
