"""What package managers leave behind, and what counts as cleaning up after them.

Which commands and paths count is as hadolint 2.15 and Trivy have them, code by code; a cleaning
that hadolint accepts although it does not reach the cache is reported without its code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting import package_commands as managers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Command
    from bedplate.linting.linted_file import LintedFile, Run

_TRUE = frozenset(("1", "on", "true", "yes"))
_APT_LISTS = "/var/lib/apt/lists"
_DNF_WRITES = ("install", "in", "reinstall", "rei", "upgrade", "up")
_DNF_FIRST = frozenset(("install", "in", "reinstall", "rei"))
_ZYPPER_WRITES = frozenset(["in", "install", "remove", "rm", "source-install", "si", "patch"])


class Leftover(NamedTuple):
    """A command whose cache stays.

    Args:
        command: the one that writes the cache.
        twins: codes of the linters that report it too.
    """

    command: Command
    twins: tuple[str, ...]


def leftovers(file: LintedFile, run: Run) -> Iterator[Leftover]:
    """Find what a RUN leaves behind, once for each package manager."""
    names = {command.name for command in run.commands}
    if names & managers.APT_FAMILY:
        yield from _apt(file, run)
    if "apk" in names:
        yield from _apk(run)
    if "yum" in names:
        yield from _yum(run)
    if names & managers.DNF:
        yield from _dnf(run)
    if "zypper" in names:
        yield from _zypper(run)
    if "yarn" in names:
        yield from _yarn(file, run)
    yield from _pip(file, run)


def _apt(file: LintedFile, run: Run) -> Iterator[Leftover]:
    command = next(
        (c for c in run.commands if managers.runs(c, managers.APT_FAMILY, "update")), None
    )
    if command is None or not file.is_used(run.step.stage):
        return
    targets = run.cache_targets
    if _APT_LISTS in targets or {"/var/lib/apt", "/var/cache/apt"} <= set(targets):
        return
    removed = managers.removed_paths(run.commands)
    if managers.covers(removed, _APT_LISTS):
        return
    known = managers.says_remove(run.commands, f"{_APT_LISTS}/*")
    yield Leftover(command, () if known else ("DL3009",))


def _apk(run: Run) -> Iterator[Leftover]:
    for command in run.commands:
        if managers.runs(command, managers.APK, "add") and not command.has("no-cache"):
            mounted = run.has_cache("/var/cache/apk")
            yield Leftover(command, ("DS-0025",) if mounted else ("DL3019", "DS-0025"))
            return


def _yum(run: Run) -> Iterator[Leftover]:
    installs = [
        n
        for n, command in enumerate(run.commands)
        if managers.runs(command, managers.YUM, "install")
    ]
    if not installs:
        return
    twins = []
    removed = managers.says_remove(run.commands, "/var/cache/yum/*")
    if not removed and not managers.has_cleaning(run.commands, installs[-1], managers.YUM, "clean"):
        twins.append("DL3032")
    later = run.commands[installs[-1] + 1 :]
    if not any(c.name == "yum" and {"clean", "all"} <= set(c.args) for c in later):
        twins.append("DS-0015")
    if twins:
        yield Leftover(run.commands[installs[0]], tuple(twins))


def _dnf(run: Run) -> Iterator[Leftover]:
    commands = run.commands
    for name in ("dnf", "microdnf"):
        names = frozenset({name})
        writes = [n for n, c in enumerate(commands) if managers.runs(c, names, *_DNF_WRITES)]
        if not writes:
            continue
        twins = []
        cleaned = managers.has_cleaning(commands, writes[-1], names, "clean")
        mounted = run.has_cache("/var/cache/libdnf5")
        if not cleaned and not mounted and not managers.says_remove(commands[writes[-1] + 1 :]):
            twins.append("DL3040")
        first = [n for n in writes if commands[n].args[:1] and commands[n].args[0] in _DNF_FIRST]
        if first and not any(
            c.name == name and c.args[:2] == ["clean", "all"] for c in commands[first[-1] + 1 :]
        ):
            twins.append("DS-0019")
        if twins:
            yield Leftover(commands[writes[0]], tuple(twins))


def _zypper(run: Run) -> Iterator[Leftover]:
    commands = run.commands
    writes = [
        n
        for n, c in enumerate(commands)
        if c.name == "zypper" and not _ZYPPER_WRITES.isdisjoint(c.args)
    ]
    if not writes or managers.has_cleaning(commands, writes[-1], managers.ZYPPER, "clean", "cc"):
        return
    command = commands[writes[-1]]
    twins = ["DS-0020"]
    if managers.runs(command, managers.ZYPPER, "install", "in") and not run.has_cache(
        "/var/cache/zypp"
    ):
        twins.append("DL3036")
    yield Leftover(command, tuple(twins))


def _yarn(file: LintedFile, run: Run) -> Iterator[Leftover]:
    commands = run.commands
    installs = [n for n, c in enumerate(commands) if managers.runs(c, managers.YARN, "install")]
    if not installs or not file.is_used(run.step.stage) or run.has_cache("/.cache/yarn"):
        return
    later = commands[installs[-1] + 1 :]
    if not any(c.name == "yarn" and {"cache", "clean"} <= set(c.args) for c in later):
        yield Leftover(commands[installs[0]], ("DL3060",))


def _pip(file: LintedFile, run: Run) -> Iterator[Leftover]:
    command = next(
        (c for c in run.commands if managers.is_pip_install(c) and "--no-cache-dir" not in c.args),
        None,
    )
    if command is None or run.has_cache("/.cache/pip") or _pip_cache_is_off(file, run):
        return
    yield Leftover(command, ("DL3042",))


def _pip_cache_is_off(file: LintedFile, run: Run) -> bool:
    for command in run.commands:
        assignments = [*command.settings.items()]
        assignments += [(n, v) for n, _, v in (text.partition("=") for text in command.args)]
        if any(name == "PIP_NO_CACHE_DIR" and v.lower() in _TRUE for name, v in assignments):
            return True
    lineage = {run.step.stage, *file.lineage(run.step.stage)}
    return any(
        pair.name == "PIP_NO_CACHE_DIR" and (pair.value or "").strip("'\"").lower() in _TRUE
        for step in file.of("ENV")
        if step.stage in lineage and step.onbuild <= run.step.onbuild
        for pair in step.instruction.pairs
    )
