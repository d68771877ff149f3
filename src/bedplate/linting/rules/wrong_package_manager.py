"""RUN calls the package manager of another distribution.

The command is not there, so the build fails.

Fix: use the package manager of the base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM alpine:3.22\nRUN apt-get install -y curl\n",
    "FROM debian:12\nRUN apk add curl\n",
)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y curl\n",
    "FROM alpine:3.22\nRUN apk add curl\n",
)

_DEBIAN = frozenset(("debian", "ubuntu"))
_RED_HAT = frozenset(("fedora", "almalinux", "rockylinux", "centos", "amazonlinux", "oraclelinux"))
_HOMES = {
    "apt-get": _DEBIAN,
    "apt": _DEBIAN,
    "aptitude": _DEBIAN,
    "apk": frozenset({"alpine"}),
    "yum": _RED_HAT,
    "dnf": _RED_HAT,
    "microdnf": _RED_HAT,
    "zypper": frozenset({"opensuse"}),
}


def check(file: LintedFile) -> Iterator[Hit]:
    """Find package managers that the distribution of the base does not have."""
    for run, commands in file.runs_of(frozenset(_HOMES)):
        if run.step.stage < 0:
            continue
        base = guess_stage(file, run.step.stage)
        if base is None or not base.distro:
            continue
        for command in commands:
            if base.distro not in _HOMES[command.name] and _installs(command.args):
                span = Span(command.start, command.end)
                message = f"{base.distro} has no {command.name}"
                yield Hit(run.step, message, span)
                break


def _installs(args: list[str]) -> bool:
    return not {"install", "add", "update", "upgrade", "in"}.isdisjoint(args)
