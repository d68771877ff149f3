"""How fast the Debian tracker's JSON becomes stores, how large they are, how fast they answer."""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measurement import Measurement

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.store import open_store
from bedplate.versions import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RELEASES = {"bullseye": "11", "bookworm": "12", "trixie": "13", "forky": "14", "sid": "sid"}
_PACKAGES = 3_500  # with at least one CVE, as the tracker had in 2025
_LARGEST = 11_000  # CVEs of `linux`
_FIRST_NAMED = 700  # so that an image has some thousand findings, as those with compilers have
_LOOKED_UP = 5_000
_OPTIONS = BuildOptions(built="2026-01-01T00:00:00Z", force=True)


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    tracker = debian_tracker()
    content = json.dumps(tracker).encode()
    pairs = sum(len(cves) for cves in tracker.values())
    records = pairs * len(_RELEASES)
    print(
        f"advisories: a generated tracker of {len(content) / 1e6:.0f} MB, {len(tracker)} packages, "
        f"{pairs} CVEs of packages, {records} states of {len(_RELEASES)} releases"
    )
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        source = folder / "tracker.json"
        source.write_bytes(content)
        spent = min(_build(source, folder / "one", "debian-12") for _ in range(rounds))
        yield Measurement(
            "a Debian store from the tracker's JSON",
            *(records / spent, "states per CPU second", 100_000),
            at_most=False,
            detail=f"{spent:.2f} s of CPU, {pairs / spent:.0f} CVEs of packages a second",
        )
        spent = min(_build(source, folder / "stores") for _ in range(rounds))
        sizes = [path.stat().st_size for path in (folder / "stores").iterdir()]
        yield Measurement(
            "all Debian stores from it",
            *(records / spent, "states per CPU second", 50_000),
            at_most=False,
            detail=f"{spent:.2f} s of CPU, {pairs / spent:.0f} CVEs of packages a second",
        )
        yield Measurement(
            "size of the largest Debian store",
            *(max(sizes) / 1e6, "MB", 4),
            detail=f"all five together {sum(sizes) / 1e6:.1f} MB",
        )
        names = [*list(tracker)[::7], *(f"absent-{n}" for n in range(_LOOKED_UP - 500))]
        path = folder / "stores/debian-12.sqlite"
        took = min(_look_up(path, names) for _ in range(rounds))
        yield Measurement(
            f"{_LOOKED_UP} packages looked up and held against their first rows",
            *(took * 1000, "ms", 60),
            detail="500 of them have advisories, linux among them",
        )


def _build(source: Path, folder: Path, *names: str) -> float:
    wanted = frozenset(names)
    options = replace(_OPTIONS, wanted=wanted.__contains__ if names else _OPTIONS.wanted)
    began = time.process_time()
    build_stores([source], folder, options)
    return time.process_time() - began


def _look_up(path: Path, names: list[str]) -> float:
    began = time.process_time()
    store = open_store(path)
    hits: set[int] = set()
    for rows in store.rows("deb:debian:12", names).values():
        place = key("deb", "5.0-1")
        for row in rows:
            if row.until and place >= key("deb", row.until):
                break
            hits.add(row.advisory)
    store.advisories(sorted(hits)[:1_000])
    store.close()
    return time.process_time() - began


def debian_tracker(names: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Make a document of the real one's shape: few packages with very many CVEs.

    Args:
        names: source packages that have CVEs too, beside made-up ones.
    """
    number = 0
    tracker: dict[str, dict[str, Any]] = {}
    for rank in range(_PACKAGES):
        count = max(1, int(_LARGEST / (rank + 1)))
        name = "linux" if rank == 0 else f"package-{rank}"
        place, rest = divmod(rank - _FIRST_NAMED, 4)
        if place >= 0 and rest == 0 and place < len(names):
            name = names[place]
        tracker[name] = {_cve(number + n): _entry(number + n) for n in range(count)}
        number += count
    return tracker


def _cve(number: int) -> str:
    return f"CVE-{2005 + number % 21}-{1000 + number}"


def _entry(number: int) -> dict[str, Any]:
    fixed = f"{number % 7}.{number % 40}.{number % 13}-{number % 5 + 1}"
    releases: dict[str, Any] = {}
    for at, release in enumerate(_RELEASES):
        state: dict[str, Any] = {"repositories": {release: f"5.{at}-1"}}
        if (number + at) % 9 == 0:
            state |= {"status": "open", "urgency": "not yet assigned"}
            if number % 2:
                state |= {"nodsa": "Minor issue", "nodsa_reason": ""}
        elif number % 11 == 0:
            state |= {"status": "open", "urgency": "unimportant"}
        else:
            version = "0" if number % 17 == 0 else f"{fixed}~deb{11 + at}u1"
            state |= {"status": "resolved", "fixed_version": version, "urgency": "medium"}
        releases[release] = state
    return {
        "description": f"A fault in part {number}. " * 8,
        "scope": "remote",
        "releases": releases,
    }
