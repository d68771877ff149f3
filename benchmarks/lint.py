"""How many Dockerfiles a second of CPU lints, beside hadolint on the same files."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import timing
from benchmarks.measurement import Measurement
from rig.bedplate_command import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = 1000
_HADOLINT = Path(sys.executable).with_name("hadolint")
_BASES = ("node:20", "python:3.12-slim", "debian", "alpine:3.20", "golang:1.22", "ubuntu:latest")
_PACKAGES = ("curl", "git", "ca-certificates", "make", "openssl", "jq", "unzip", "tzdata")


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    print(f"lint: {_FILES} Dockerfiles, whole processes, no result kept between runs")
    with tempfile.TemporaryDirectory() as home:
        paths = _write_files(Path(home))
        variables = {"HOME": home, "LANG": "C.UTF-8"}
        own = [str(PROGRAM), "lint", "--no-facts", "--format", "json", *paths]
        peer = [str(_HADOLINT), "--no-fail", "--format", "json", *paths]
        # the first one writes byte code and fills the disk cache
        timing.run(own, variables, codes=(1,))
        ours, theirs = timing.interleaved(
            rounds,
            lambda: timing.run(own, variables, codes=(1,)),
            lambda: timing.run(peer, variables),
        )
    linted = len(json.loads(ours.output)["files"])
    seen = len({one["file"] for one in json.loads(theirs.output)})
    if linted != _FILES or seen != _FILES:
        raise RuntimeError(f"of {_FILES} files bedplate read {linted}, hadolint {seen}")
    speed, peer_speed = _FILES / ours.cpu, _FILES / theirs.cpu
    detail = f"files per CPU second: bedplate {speed:.0f}, hadolint {peer_speed:.0f}"
    yield Measurement(
        "lint, beside hadolint", speed / peer_speed, "x", 8, at_most=False, detail=detail
    )


def _write_files(folder: Path) -> list[str]:
    """Write files of 20 to 40 lines, no two alike; each breaks a rule of both programs."""
    paths: list[str] = []
    for number in range(_FILES):
        path = folder / f"service-{number}.Dockerfile"
        path.write_text(_dockerfile(number), encoding="utf-8")
        paths.append(str(path))
    return paths


def _dockerfile(number: int) -> str:
    base = _BASES[number % len(_BASES)]
    chosen = [_PACKAGES[(number + step * 3) % len(_PACKAGES)] for step in range(2 + number % 5)]
    packages = "".join(f"        {name} \\\n" for name in chosen)
    steps = "".join(
        f"COPY part-{step}/ ./part-{step}/\nRUN make -C part-{step} NAME=s{number} && ls | wc -l\n"
        for step in range(2 + number % 6)
    )
    return f"""\
# syntax=docker/dockerfile:1
ARG RELEASE={number % 9}.{number}
FROM {base} AS build
ARG RELEASE
ENV APP_RELEASE=${{RELEASE}} \\
    APP_NAME="service-{number}"
WORKDIR /src
RUN apt-get update && \\
    apt-get install -y --no-install-recommends \\
{packages}        && rm -rf /var/lib/apt/lists/*
{steps}
FROM {base}
LABEL org.example.service="{number}"
WORKDIR app
COPY --from=build /src/out /app/out
RUN if [ -f out/setup-{number}.sh ]; then sudo sh out/setup-{number}.sh; fi
EXPOSE {3000 + number}
HEALTHCHECK CMD curl -f http://localhost:{3000 + number}/ || exit 1
CMD ./out/run --port {3000 + number}
"""
