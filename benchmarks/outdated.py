"""What it costs to find out what is behind: requests, time, and a list of a million tags.

A repository with 300 FROM lines on 80 repositories; the registry is in memory on loopback and
waits 20 ms before each answer.
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement

from bedplate.flows.opening import open_session
from bedplate.flows.outdated import Outlook, outdated
from bedplate.model.reference import Reference
from bedplate.model.update_policy import UpdatePolicy, UpdateSettings
from bedplate.testing.registry import MemoryRegistry
from bedplate.updating.candidates import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES, _REPOSITORIES, _TAGS = 300, 80, 400
_LATENCY = 0.020  # seconds
_MANY = 1_000_000


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    print(f"outdated: {_LINES} FROM lines on {_REPOSITORIES} repositories, 20 ms an answer")
    with MemoryRegistry() as registry, tempfile.TemporaryDirectory() as folder:
        distinct = _write_repository(registry, Path(folder))
        registry.faults.latency = _LATENCY
        times = []
        behind = asked = 0
        for _ in range(rounds):
            before = len(registry.requests)
            started = time.perf_counter()
            session = open_session()
            report = outdated(Path(folder), [], session, _outlook())
            times.append(time.perf_counter() - started)
            session.access.registry().close()
            behind, asked = len(report.behind), len(registry.requests) - before
        detail = f"{asked} requests for {distinct} references; {behind} lines behind"
        yield Measurement("requests a reference", asked / distinct, "", 3, detail=detail)
        yield Measurement("time", statistics.median(times), "s", 5)
        yield Measurement("lines behind", behind, "", _LINES, at_most=False)
    yield _many_tags()


def _outlook() -> Outlook:
    return Outlook(UpdateSettings(), dt.datetime.now(tz=dt.UTC))


def _write_repository(registry: MemoryRegistry, folder: Path) -> int:
    lines = []
    for number in range(_REPOSITORIES):
        name = f"team/base-{number}"
        image = registry.add_image(name, "", config={"created": name})
        platforms = {"linux/amd64": image, "linux/arm64": image}
        for build in range(_TAGS):
            version = f"{build // 100 + 1}.{build // 10 % 10}.{build % 10}"
            registry.add_index(name, f"{version}-slim", platforms)
    for line in range(_LINES):
        tag = f"1.{line // _REPOSITORIES % 2}.0-slim"
        lines.append(f"FROM {registry.host}/team/base-{line % _REPOSITORIES}:{tag}\n")
    for start in range(0, _LINES, 3):
        service = folder / f"service-{start}"
        service.mkdir()
        (service / "Dockerfile").write_text("".join(lines[start : start + 3]), encoding="utf-8")
    return len(set(lines))


def _many_tags() -> Measurement:
    """Choose twice in a list of a million tags: the newest, and the next nearer one."""
    tags = [f"{n // 10_000}.{n // 100 % 100}.{n % 100}-slim" for n in range(_MANY)]
    reference = Reference("registry.example", "app", "20.1.0-slim")
    started = time.process_time()
    found = choices(reference, tags, UpdatePolicy(), lambda *_: None, dt.date(2026, 1, 1))
    newest, next_one = next(found).chosen.text, next(found).chosen.text
    taken = time.process_time() - started
    return Measurement(
        "a million tags, chosen twice", taken, "s of CPU", 10, detail=f"{newest}, then {next_one}"
    )
