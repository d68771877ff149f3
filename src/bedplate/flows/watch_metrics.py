"""Numbers about a watch, in the text format of Prometheus.

Source: Prometheus, "Exposition formats", text-based format 0.0.4.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.watch_report import RepositoryOutcome, WatchRound

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class WatchMetrics:
    """Counts; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: dict[str, RepositoryOutcome] = {}
        self._changes: Counter[str] = Counter()
        self._rounds = self._failures = self._undelivered = 0
        self._ended = 0.0

    def note(self, outcome: RepositoryOutcome) -> None:
        """Count what became of a repository."""
        with self._lock:
            self._latest[outcome.repository] = outcome
            self._failures += bool(outcome.failure)
            self._changes.update(one.status for one in outcome.changes if one.status != "behind")

    def end_round(self, report: WatchRound, names: Iterable[str], now: float) -> None:
        """Count a round, and forget repositories that are not watched any more.

        Args:
            report: of the round.
            names: of all repositories that are watched.
            now: seconds since the epoch.
        """
        with self._lock:
            self._undelivered += len(report.undelivered)
            if not report.stopped:
                self._rounds, self._ended = self._rounds + 1, now
            kept = set(names)
            self._latest = {name: one for name, one in self._latest.items() if name in kept}

    def text(self) -> str:
        """Write all numbers."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from _head("rounds_total", "counter", "Rounds that came to their end.")
        yield f"bedplate_watch_rounds_total {self._rounds}"
        yield from _head("last_round_timestamp_seconds", "gauge", "End of the last round.")
        yield f"bedplate_watch_last_round_timestamp_seconds {self._ended:.0f}"
        yield from _head("failures_total", "counter", "Repositories that could not be looked at.")
        yield f"bedplate_watch_failures_total {self._failures}"
        yield from _head("undelivered_total", "counter", "Notices that nobody took.")
        yield f"bedplate_watch_undelivered_total {self._undelivered}"
        yield from _head("changes_total", "counter", "What became of change requests.")
        for status, count in sorted(self._changes.items()):
            yield f'bedplate_watch_changes_total{{status="{_escaped(status)}"}} {count}'
        for name, text in (
            ("images", "Places that name images."),
            ("behind", "Places whose image is behind."),
            ("unexamined", "Places whose image could not be examined."),
        ):
            yield from _head(name, "gauge", text)
            for repository, one in sorted(self._latest.items()):
                label = _escaped(repository)
                yield f'bedplate_watch_{name}{{repository="{label}"}} {getattr(one, name)}'
        yield from _head("up", "gauge", "Whether the last look at a repository succeeded.")
        for repository, one in sorted(self._latest.items()):
            label = _escaped(repository)
            yield f'bedplate_watch_up{{repository="{label}"}} {int(not one.failure)}'


def _head(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP bedplate_watch_{name} {text}", f"# TYPE bedplate_watch_{name} {kind}"


def _escaped(label: str) -> str:
    text = label.encode("utf-8", "replace").decode()
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
