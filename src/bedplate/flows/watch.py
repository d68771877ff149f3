"""Go through many repositories, again and again: one that fails stops no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.model.skipped import Skipped
from bedplate.model.watch_report import RepositoryOutcome, WatchRound
from bedplate.notifying.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bedplate.flows.watch_state import WatchState
    from bedplate.notifying.telling import Send


@dataclass(frozen=True, slots=True)
class Watched:
    """One repository.

    Args:
        name: it stays the same from round to round.
        look: looks at it, and updates it where that is asked for.
    """

    name: str
    look: Callable[[], RepositoryOutcome]


@dataclass(frozen=True, slots=True)
class WatchMeans:
    """What a round is made with.

    Args:
        state: kept over a crash.
        senders: who is told, by name.
        stopping: tells whether to stop after the repository that is being looked at.
        progress: told about each repository.
    """

    state: WatchState
    senders: Mapping[str, Send]
    stopping: Callable[[], bool]
    progress: Callable[[RepositoryOutcome], None]


def watch_round(
    repositories: Sequence[Watched], skipped: Sequence[Skipped], means: WatchMeans
) -> WatchRound:
    """Look at every repository once; those that an open round is through with are left out.

    A notice may be sent twice when the process ends between its delivery and the note of it.
    Change requests are not: what is there is asked of the forge.

    Args:
        repositories: in the order in which they are looked at.
        skipped: repositories that are left out, with the reason.
        means: state, notices, and when to stop.
    """
    outcomes: list[RepositoryOutcome] = []
    undelivered: list[Skipped] = []
    stopped = False
    for one in repositories:
        if one.name in means.state.done:
            continue
        if means.stopping():
            stopped = True
            break
        outcome = _looked_at(one)
        outcomes.append(outcome)
        means.progress(outcome)
        undelivered += _told(outcome, means)
        means.state.finish(one.name)
    if not stopped:
        means.state.end({one.name for one in repositories})
    return WatchRound(tuple(outcomes), tuple(skipped), tuple(undelivered), stopped)


def _looked_at(one: Watched) -> RepositoryOutcome:
    try:
        return one.look()
    except BedplateError as error:
        return RepositoryOutcome(one.name, failure=str(error))
    except OSError as error:  # a folder that can't be read, a disk that is full
        return RepositoryOutcome(one.name, failure=error.strerror or type(error).__name__)


def _told(outcome: RepositoryOutcome, means: WatchMeans) -> list[Skipped]:
    """Tell everybody what they were not told yet; give what did not arrive."""
    notice, name = outcome.notice, outcome.repository
    whole = not outcome.unexamined and not outcome.failure
    if notice is None:
        if whole:
            means.state.forget(name)
        return []
    failed = []
    for sender, send in means.senders.items():
        if not means.state.is_news(sender, notice):
            continue
        if reason := tell(notice, send):
            failed.append(Skipped(f"{sender}: {name}", reason))
        else:
            means.state.note_told(sender, notice, whole=whole)
    return failed
