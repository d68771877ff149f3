"""An instruction uses a variable that nothing defines.

It is replaced by nothing, mostly because of a spelling mistake.

Fix: declare it by ARG or ENV in the stage; ARGs before FROM must be named again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile import expand
from bedplate.errors import BedplateError
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.dockerfile import Instruction, Pair
    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.WARNING
TWINS = ("UndefinedVar",)
BAD = ("FROM scratch\nARG DIR=a\nCOPY $DIRS /\n",)
GOOD = (
    "FROM scratch\nARG DIR=a\nCOPY $DIR /\n",
    "FROM debian:12\nRUN echo $HOME\n",
)

_ARGUMENT = ""
_EXPANDED = frozenset(
    ["ADD", "COPY", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "ARG"]
)
# Build arguments that exist without ARG.
_ALWAYS = frozenset(
    name
    for word in ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")
    for name in (word, word.lower())
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find variables that neither the stage nor its bases define."""
    known: dict[int, dict[str, str]] = {}
    for step in file.steps:
        if step.stage < 0 or step.onbuild:
            continue
        own = known.setdefault(step.stage, {"PATH": "set"})
        new = {pair.name: _ARGUMENT for pair in _arguments(step)}
        if "$" in step.instruction.value and step.instruction.keyword in _EXPANDED:
            names = _visible(file, step.stage, known)
            for name in sorted(_unset(file, step, names) - new.keys() - _ALWAYS):
                yield Hit(step, f"nothing defines {name}")
        own.update(new)
        if step.instruction.keyword == "ENV":
            own.update({pair.name: "set" for pair in step.instruction.pairs})


def _visible(file: LintedFile, stage: int, known: dict[int, dict[str, str]]) -> dict[str, str]:
    """Give what an instruction of a stage sees: its own variables, and ENV of its bases."""
    names: dict[str, str] = {}
    for place in file.lineage(stage):
        for name, value in known.get(place, {}).items():
            if place == stage or value != _ARGUMENT:
                names.setdefault(name, value)
    return names


def _arguments(step: Step) -> tuple[Pair, ...]:
    return step.instruction.pairs if step.instruction.keyword == "ARG" else ()


def _unset(file: LintedFile, step: Step, names: Mapping[str, str]) -> frozenset[str]:
    """Find the variables of an instruction that have no value."""
    instruction = step.instruction
    found: set[str] = set()
    for text in _texts(instruction):
        if "$" in text:
            try:
                found |= expand(text, names, escape=file.dockerfile.escape).unset
            except BedplateError:
                continue
    return frozenset(found)


def _texts(instruction: Instruction) -> Iterator[str]:
    if instruction.pairs:
        for pair in instruction.pairs:
            yield pair.name
            yield pair.value or ""
        return
    for word in instruction.arguments:
        if not word.text.startswith("<<"):
            yield word.text
