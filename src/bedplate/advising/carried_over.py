"""What of today's Dockerfile goes over into a new one, and what a person has to look after."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.recipe import Recipe
    from bedplate.linting.linted_file import LintedFile, Step
    from bedplate.model.image_family import ImageFamily

_KEPT = ("ENV", "LABEL", "VOLUME", "STOPSIGNAL", "HEALTHCHECK")
# what the new file does in its own way
_UNDERSTOOD = frozenset(
    [
        "addgroup",
        "adduser",
        "apk",
        "apt",
        "apt-get",
        "bundle",
        "bundler",
        "cargo",
        "cd",
        "chmod",
        "chown",
        "composer",
        "corepack",
        "docker-php-ext-install",
        "dotnet",
        "echo",
        "gem",
        "go",
        "gradle",
        "gradlew",
        "groupadd",
        "ls",
        "mkdir",
        "mvn",
        "mvnw",
        "npm",
        "pdm",
        "pip",
        "pip3",
        "pipenv",
        "pnpm",
        "poetry",
        "rm",
        "set",
        "true",
        "update-ca-certificates",
        "useradd",
        "usermod",
        "uv",
        "yarn",
    ]
)
_MAX_NOTES = 20
_PLAIN = re.compile(r"[\w./:=@%+, -]+")


def workdir_of(file: LintedFile) -> str:
    """Give the last absolute WORKDIR of the final stage; empty when none is plain."""
    found = ""
    for step in file.direct("WORKDIR"):
        path = step.words[0] if step.words else ""
        if step.stage == len(file.stages) - 1 and path.startswith("/") and "$" not in path:
            found = path.rstrip("/")
    return found


def kept_instructions(file: LintedFile, recipe: Recipe, family: ImageFamily) -> Iterator[str]:
    """Give instructions of the final stage that hold on any base, as they stand in the file."""
    own = {name for name, _ in recipe.environment}
    for step in _final(file):
        keyword = step.instruction.keyword
        if keyword not in _KEPT:
            continue
        if keyword == "ENV" and any(pair.name in own for pair in step.instruction.pairs):
            continue
        if keyword == "HEALTHCHECK":
            if _health_works(step, family):
                yield _health(step, file)
            continue
        yield step.instruction.span.of(file.text)


def open_ends(file: LintedFile, family: ImageFamily) -> Iterator[str]:
    """Say what the new file leaves out."""
    notes = list(_open_ends(file, family))
    yield from notes[:_MAX_NOTES]
    if len(notes) > _MAX_NOTES:
        yield f"and {len(notes) - _MAX_NOTES} more lines that are not carried over"


def _open_ends(file: LintedFile, family: ImageFamily) -> Iterator[str]:
    for run in file.runs:
        names = {command.name.rpartition("/")[2] for command in run.commands if command.name}
        odd = sorted(names - _UNDERSTOOD)
        if odd:
            yield f"line {run.step.line}: not carried over: RUN with {', '.join(odd[:5])}"
    for step in file.direct("COPY", "ADD"):
        source = step.instruction.flag("from")
        if source is not None and source.value and "." in source.value:
            yield f"line {step.line}: not carried over: a copy from {source.value}"
    for step in _final(file):
        if step.instruction.keyword == "HEALTHCHECK" and not _health_works(step, family):
            yield f"line {step.line}: not carried over: HEALTHCHECK by a shell"


def _health_works(step: Step, family: ImageFamily) -> bool:
    return family.shell or step.instruction.value.strip().upper() == "NONE"


def _health(step: Step, file: LintedFile) -> str:
    """Write a check in exec form, so that signals and exit codes are those of the program."""
    whole = step.instruction.span.of(file.text)
    before, word, command = whole.partition("CMD ")
    if not word or step.instruction.json:
        return whole
    text = " ".join(command.split())
    words = text.split() if _PLAIN.fullmatch(text) else ["sh", "-c", text]
    return f"{before}{word}{json.dumps(words, ensure_ascii=False)}"


def _final(file: LintedFile) -> Iterator[Step]:
    last = len(file.stages) - 1
    return (step for step in file.steps if step.stage == last and not step.onbuild)
