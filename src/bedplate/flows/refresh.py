"""Fetches the advisories that an image needs, when they are missing or a day old."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

from bedplate.advisories.store import open_store
from bedplate.advisories.stores import SUFFIX
from bedplate.advisories.update import State
from bedplate.errors import CorruptStore, StorageError
from bedplate.flows.db import needed_by, update

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts

_FRESH = 24 * 3600.0  # seconds for which a store is not asked after
# the files of all years: hundreds of megabytes, for levels alone. `db update ratings` has them.
_ON_REQUEST = frozenset({"ratings"})


def refresher(
    session: Session, mirrors: Mapping[str, str], clock: Callable[[], float] = time.time
) -> Callable[[BaseFacts], None] | None:
    """Give what `scan` calls for every image; None when nothing may or can be fetched.

    A store that can't be had is told in a notice and asked for once in a run: older
    advisories, or those that came with the program, answer in its place.

    Args:
        session: its folder, network and notices.
        mirrors: beginnings of addresses -> what to put there.
        clock: gives seconds since the epoch.
    """
    folder = session.advisory_folder
    if session.offline or folder is None:
        return None
    asked: set[str] = set()

    def refresh(facts: BaseFacts) -> None:
        names = [
            name
            for name in needed_by(facts, session)
            if name not in asked | _ON_REQUEST and _is_stale(folder, name, clock())
        ]
        asked.update(names)
        if not names:
            return
        try:
            outcomes = update(names, session, mirrors=mirrors)
        except StorageError as error:  # a folder that is read-only, or full
            session.notify(f"no advisories fetched: {error.message}")
            return
        for outcome in outcomes:
            if outcome.state is State.CURRENT:
                _touch(folder, outcome.store, clock())
            elif outcome.error is not None:
                session.notify(f"{outcome.store}: not fetched: {outcome.error.message}")

    return refresh


def _is_stale(folder: Path, name: str, now: float) -> bool:
    """Tell whether a store is missing, a day old, from a day to come, or can't be read."""
    path = folder / f"{name}{SUFFIX}"
    try:
        checked = path.stat().st_mtime
        open_store(path).close()
    except (OSError, CorruptStore):
        return True
    return abs(now - checked) > _FRESH


def _touch(folder: Path, name: str, now: float) -> None:
    """Note that a store was found to be what its feed has."""
    with contextlib.suppress(OSError):
        os.utime(folder / f"{name}{SUFFIX}", (now, now))
