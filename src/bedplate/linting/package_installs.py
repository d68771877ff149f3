"""Which packages the stages of a Dockerfile install from the repositories of their base.

Where a stage may have other repositories, or a command may be meant to fail, nothing is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.package_commands import APK
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Command, Word
    from bedplate.linting.linted_file import LintedFile, Step

_APT = frozenset(("apt-get", "apt"))
_APT_VALUES = frozenset(("o", "option", "c", "config-file"))
_APT_ELSEWHERE = frozenset(("t", "target-release", "default-release", "c", "config-file"))
_APK_VALUES = frozenset(("t", "virtual", "p", "root", "wait", "cache-dir", "arch", "keys-dir"))
_APK_ELSEWHERE = frozenset(
    ("X", "repository", "repositories-file", "p", "root", "arch", "allow-untrusted")
)
# What adds repositories, or may do so: scripts are not looked into.
_OPAQUE = frozenset(
    [
        ".",
        "add-apt-repository",
        "apt-add-repository",
        "ash",
        "bash",
        "dash",
        "eval",
        "extrepo",
        "setup-apkrepos",
        "sh",
        "source",
    ]
)
_ELSEWHERE = re.compile(r"/etc/ap[tk]\b|sources\.list|apt-repository")
_INSTALLERS = frozenset(("i", "install", "add-architecture"))  # flags of dpkg
_CHOICE = re.compile(r"(?:^|[\s;&|({])(?:if|case)\s")
_OR = re.compile(r"(?:\s|\\)*\|\|")
_WHOLE = frozenset(("/", "/.", "/etc", "/etc/"))
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9+._-]{0,199}")
_VERSION = re.compile(r"[=<>~]")
_MAX_NAMES = 5000  # of a file


class InstalledName(NamedTuple):
    """One name in an install command.

    Args:
        manager: `apt` or `apk`.
        name: of the package, without a version.
        stage: index of the stage.
        line: first line of the instruction, from 1.
        span: the word as it stands in the file.
        editable: whether the word is nothing but the name, so that another can take its place.
    """

    manager: str
    name: str
    stage: int
    line: int
    span: Span
    editable: bool


def installed_names(file: LintedFile) -> Iterator[InstalledName]:
    """List the packages that stages install by name; no more than 5000.

    Left out are names with variables or wildcards, local files, other architectures and
    releases, commands that may fail, and all that comes after something in the stage, or in one
    that it stands on, that may have added repositories.
    """
    found = 0
    opened = _first_repositories(file)
    for run in file.runs:
        step = run.step
        if step.onbuild or step.stage < 0 or _chooses(step, file):
            continue
        own, *below = file.lineage(step.stage)
        if not opened.keys().isdisjoint(below):
            continue
        for command in run.commands:
            if own in opened and opened[own] < command.start:
                break
            for manager, name, word in _names(command, file.text):
                span = Span(word.start, word.end)
                editable = span.of(file.text) == name
                found += 1
                if found > _MAX_NAMES:
                    return
                yield InstalledName(manager, name, step.stage, step.line, span, editable)


def _names(command: Command, text: str) -> Iterator[tuple[str, str, Word]]:
    if command.name in _APT:
        manager, verb, values, elsewhere = "apt", "install", _APT_VALUES, _APT_ELSEWHERE
    elif command.name in APK:
        manager, verb, values, elsewhere = "apk", "add", _APK_VALUES, _APK_ELSEWHERE
    else:
        return
    operands = command.operands(values_of=values)
    if not operands or operands[0].text != verb or command.has(*elsewhere):
        return
    if _OR.match(text, command.end):  # meant for the case that this fails
        return
    for word in operands[1:]:
        name = _VERSION.split(word.text, maxsplit=1)[0]
        # `x-` removes a package
        if word.literal and _NAME.fullmatch(name) and not name.endswith("-"):
            yield manager, name, word


def _first_repositories(file: LintedFile) -> dict[int, int]:
    """Give for each stage where something first stands that may add repositories."""
    places = [
        (step.stage, step.instruction.span.start)
        for step in file.of("RUN", "COPY", "ADD")
        if _may_add(step, file)
    ]
    places += [
        (run.step.stage, command.start)
        for run in file.runs
        for command in run.commands
        if _is_opaque(command) or (command.name in APK and command.has("X", "repository"))
    ]
    first: dict[int, int] = {}
    for stage, place in places:
        first[stage] = min(place, first.get(stage, place))
    return first


def _may_add(step: Step, file: LintedFile) -> bool:
    instruction = step.instruction
    if _ELSEWHERE.search(instruction.span.of(file.text)):
        return True
    return instruction.keyword != "RUN" and bool(step.words) and step.words[-1] in _WHOLE


def _is_opaque(command: Command) -> bool:
    name = command.name
    if name == "dpkg":
        return command.has(*_INSTALLERS)
    return name in _OPAQUE or "/" in name or "$" in name


def _chooses(step: Step, file: LintedFile) -> bool:
    """Tell whether a RUN decides by itself what it does."""
    return _CHOICE.search(step.instruction.span.of(file.text)) is not None
