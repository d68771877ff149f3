"""What a watch remembers over a crash: how far the round is, and what was told.

Change requests are not in it: whether one is there, only the forge knows.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bedplate.errors import Unavailable
from bedplate.updating.edited_file import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from bedplate.model.notice import Notice

SCHEMA = "bedplate/watch/1"
_MAX_BYTES = 64 * 1024 * 1024
_MAX_NAMES = 100_000
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class WatchState:
    """The state, and the file that it is kept in.

    Args:
        path: of the file; None keeps it for this process.
        started: seconds since the epoch at which the round began; 0 when none is open.
        done: repositories that it is through with.
        told: by repository and notifier, marks of what was told.
        damaged: why the file could not be used; empty when it could.
    """

    path: Path | None
    started: float = 0.0
    done: set[str] = field(default_factory=set)
    told: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    damaged: str = ""

    @classmethod
    def load(cls, path: Path | None) -> WatchState:
        """Read the file; one that is damaged counts for nothing, and is told of."""
        if path is None or not path.exists():
            return cls(path)
        try:
            with path.open("rb") as file:
                content = file.read(_MAX_BYTES + 1)
            if len(content) > _MAX_BYTES:
                return cls(path, damaged="too large")
            return cls._read(path, json.loads(content))
        except OSError as error:
            return cls(path, damaged=error.strerror or "can't be read")
        except (ValueError, OverflowError, RecursionError, KeyError, TypeError, AttributeError):
            return cls(path, damaged="not what a watch writes")

    @classmethod
    def _read(cls, path: Path, document: Any) -> WatchState:
        if document["schema"] != SCHEMA:
            return cls(path, damaged="of another version")
        told = {
            str(name): {str(key): list(map(str, marks)) for key, marks in row.items()}
            for name, row in list(document["told"].items())[:_MAX_NAMES]
        }
        done = {str(name) for name in document["done"][:_MAX_NAMES]}
        return cls(path, float(document["started"]), done, told)

    def begin(self, now: float, longest: float) -> None:
        """Begin a round, or go on with one that a crash left open.

        Args:
            now: seconds since the epoch.
            longest: seconds after which an open round is given up.
        """
        if not 0 < self.started <= now < self.started + longest:
            self.started, self.done = now, set()
        self.save()

    def end(self, names: Collection[str]) -> None:
        """Close the round.

        Args:
            names: of the repositories that are watched; the others are forgotten.
        """
        self.started, self.done = 0.0, set()
        self.told = {name: row for name, row in self.told.items() if name in names}
        self.save()

    def finish(self, repository: str) -> None:
        """Note that the round is through with a repository."""
        self.done.add(repository)
        self.save()

    def is_news(self, notifier: str, notice: Notice) -> bool:
        """Tell whether something in a notice was not told yet."""
        known = self.told.get(notice.repository, {}).get(notifier, ())
        return not _marks(notice) <= set(known)

    def note_told(self, notifier: str, notice: Notice, *, whole: bool) -> None:
        """Note what was told.

        Args:
            notifier: by which way.
            notice: what.
            whole: everything could be examined; else what was told before stays told.
        """
        row = self.told.setdefault(notice.repository, {})
        kept = set() if whole else set(row.get(notifier, ()))
        row[notifier] = sorted(_marks(notice) | kept)

    def forget(self, repository: str) -> None:
        """Note that there is nothing to tell: the same would be news again."""
        self.told.pop(repository, None)

    def save(self) -> None:
        """Write the file, all of it or nothing.

        Raises:
            OSError: it can't be written.
        """
        if self.path is None:
            return
        document = {
            "schema": SCHEMA,
            "started": self.started,
            "done": sorted(self.done),
            "told": self.told,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.path, json.dumps(document, indent=1).encode())


@contextlib.contextmanager
def held(path: Path | None) -> Iterator[None]:
    """Keep a state for this process: a slow round must not meet the next one of cron.

    Raises:
        Unavailable: another watch has it.
    """
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                f"another watch runs with {path}", "wait for its end, or name another --state"
            ) from None
        yield


def _marks(notice: Notice) -> set[str]:
    """Give a mark for each thing that a notice tells; lines and seconds do not count."""
    told = [repr((one.status, one.title, one.url)) for one in notice.changes]
    if notice.failure:
        told.append(_NUMBER.sub("#", notice.failure))
    return {hashlib.sha256(one.encode("utf-8", "replace")).hexdigest()[:16] for one in told}
