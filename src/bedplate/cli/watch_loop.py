"""The rounds of a watch, with pauses between them."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.forge_connection import forge_http
from bedplate.cli.metrics_server import MetricsServer
from bedplate.cli.update_request import now_of
from bedplate.cli.watch_targets import Targets
from bedplate.errors import BadInput, BedplateError
from bedplate.flows.shared_registry import shared_registry
from bedplate.flows.watch import WatchMeans, watch_round
from bedplate.flows.watch_metrics import CONTENT_TYPE, WatchMetrics
from bedplate.flows.watch_state import WatchState, held
from bedplate.notifying.telling import open_senders
from bedplate.reporting.watch_text import outcome_line, render_round
from bedplate.updating.setting_values import hours

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bedplate.cli.context import Context
    from bedplate.model.watch_report import RepositoryOutcome, WatchRound

_JITTER = 0.1  # of the interval, so that many watches do not ask at the same time
_SHORTEST = 60.0  # seconds


class WatchLoop:
    """Makes rounds.

    Args:
        arguments: options of `watch`.
        context: session, environment, streams.

    Raises:
        InvalidConfiguration: the interval, or variables that say who is told.
    """

    def __init__(self, arguments: argparse.Namespace, context: Context) -> None:
        self._arguments, self._context = arguments, context
        self._interval = hours("--interval", arguments.interval) * 3600
        if self._interval < _SHORTEST:
            raise BadInput(f"--interval {arguments.interval} is too short", "write 1m or more")
        self._senders = open_senders(context.world.environment, forge_http(context.world))
        self._state = WatchState.load(self._state_path())
        if self._state.damaged:
            context.notice(
                f"{self._state.path}: {self._state.damaged}: begun anew; what was told before may "
                "be told again"
            )
        self._metrics = WatchMetrics()
        self.stopping = threading.Event()

    def forever(self) -> None:
        """Make rounds until told to stop; a round that can't begin is tried again later."""
        while not self.stopping.is_set():
            try:
                self.round()
            except (BedplateError, OSError) as error:  # a forge that is away, a full disk
                self._context.notice(f"this round could not be made: {error}")
            pause = self._interval * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311
            self.stopping.wait(pause)

    def round(self) -> WatchRound:
        """Make one round, or go on with one that a crash left open."""
        now = self._now()
        session = shared_registry(replace(self._context.session, today=now.date()))
        targets = Targets(self._arguments, self._context.world, session, now)
        repositories, skipped = targets.find()
        self._state.begin(now.timestamp(), self._interval)
        means = WatchMeans(self._state, self._senders, self.stopping.is_set, self._progress)
        report = watch_round(repositories, skipped, means)
        names = [one.name for one in repositories]
        self._metrics.end_round(report, names, time.time())
        self._context.write(render_round(report, self._arguments.format))
        return report

    def alone(self) -> AbstractContextManager[None]:
        """Keep the state for this process while the watch runs.

        Raises:
            Unavailable: another watch has it.
        """
        return held(self._state.path)

    @contextlib.contextmanager
    def metrics(self) -> Iterator[None]:
        """Serve the numbers while the watch runs, where that is asked for."""
        if not self._arguments.metrics:
            yield
            return
        with MetricsServer(self._arguments.metrics, self._metrics.text, CONTENT_TYPE) as server:
            self._context.notice(f"numbers at port {server.port}, /metrics")
            yield

    def _progress(self, outcome: RepositoryOutcome) -> None:
        self._metrics.note(outcome)
        self._context.notice(outcome_line(outcome))

    def _now(self) -> dt.datetime:
        """Give the time: a long run must not stay on its first day."""
        world = self._context.world
        return now_of(world) if self._arguments.once else dt.datetime.now(tz=dt.UTC)

    def _state_path(self) -> Path | None:
        world, named = self._context.world, self._arguments.state
        if named:
            return world.folder / str(named)
        return world.cache_folder / "watch/state.json" if world.cache_folder else None
