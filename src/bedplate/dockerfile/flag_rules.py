"""Which flags an instruction takes, and what they may say.

Source: BuildKit, frontend/dockerfile/instructions (bflag.go, parse.go, commands_runmount.go).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.dockerfile.mounts import mount_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.dockerfile.instruction import Flag, Instruction

_BOOLEANS = frozenset(("link", "keep-git-dir", "parents", "unpack"))
_REPEATED = frozenset(("mount", "exclude", "device"))
_DURATIONS = frozenset(("interval", "timeout", "start-period", "start-interval"))
# parse.go asks neither for the flags of ARG nor for those of STOPSIGNAL.
_UNCHECKED = frozenset(("ARG", "STOPSIGNAL"))
_FLAGS = {
    "ADD": frozenset(("chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude")),
    "COPY": frozenset(("chown", "from", "chmod", "link", "parents", "exclude")),
    "FROM": frozenset(("platform",)),
    "HEALTHCHECK": _DURATIONS | {"retries"},
    "RUN": frozenset(("mount", "network", "security", "device")),
}
_DURATION = re.compile(r"\+?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_NETWORKS = frozenset(("default", "none", "host"))
_SECURITIES = frozenset(("sandbox", "insecure"))


def flag_problems(instruction: Instruction) -> Iterator[str]:
    """Say what is wrong with the flags of an instruction."""
    if not instruction.flags or instruction.keyword in _UNCHECKED:
        return
    known = _FLAGS.get(instruction.keyword, frozenset())
    seen: set[str] = set()
    for flag in instruction.flags:
        if flag.name not in known:
            yield f"{instruction.keyword} has no flag --{flag.name}"
            continue
        if flag.name in seen and flag.name not in _REPEATED:
            yield f"a second --{flag.name}"
        seen.add(flag.name)
        if flag.name in _BOOLEANS:
            if flag.value is not None and flag.value.lower() not in ("true", "false"):
                yield f"--{flag.name} takes true or false"
        elif flag.value is None:
            yield f"--{flag.name} needs a value"
        elif flag.name in _VALUES:
            yield from _VALUES[flag.name](flag)


def _one_of(allowed: frozenset[str]) -> Callable[[Flag], Iterator[str]]:
    def check(flag: Flag) -> Iterator[str]:
        if flag.value not in allowed:
            yield f"--{flag.name} takes {' or '.join(sorted(allowed))}"

    return check


def _duration(flag: Flag) -> Iterator[str]:
    if flag.value and not _DURATION.fullmatch(flag.value):
        yield f"--{flag.name} takes a duration such as 30s"


def _retries(flag: Flag) -> Iterator[str]:
    if flag.value and not re.fullmatch(r"\+?\d{1,9}", flag.value):
        yield "--retries takes a number"


def _mount(flag: Flag) -> Iterator[str]:
    # All else may hold variables, and is looked at when the instruction runs.
    if any(field.key == "from" and "$" in (field.value or "")[:-1] for field in mount_fields(flag)):
        yield "--mount=from= takes no variables: name a stage instead"


_VALUES: dict[str, Callable[[Flag], Iterator[str]]] = {
    **dict.fromkeys(_DURATIONS, _duration),
    "mount": _mount,
    "network": _one_of(_NETWORKS),
    "retries": _retries,
    "security": _one_of(_SECURITIES),
}
