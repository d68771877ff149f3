"""An image comes from a registry that the settings do not trust.

Whoever runs a registry decides what its images hold.

Fix: take the image from a registry in `lint.trusted-registries`, or add this one there. Patterns
may begin or end with `*`; `docker.io` covers names without a registry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.image_text import read_image
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.ERROR
TWINS = ("DL3026",)
BAD = ()
GOOD = ("FROM untrusted.example/app:1\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images of registries that are not in the list; an empty list trusts all."""
    trusted = file.settings.trusted_registries
    if not trusted:
        return
    for step, name in _images(file):
        registry = read_image(name).registry
        if not any(_matches(registry, pattern) for pattern in trusted):
            yield Hit(step, f"registry of {name} is not trusted")


def _images(file: LintedFile) -> Iterator[tuple[Step, str]]:
    stages: set[str] = set()
    for step in file.steps:
        instruction = step.instruction
        if step.onbuild:
            continue
        if instruction.keyword == "FROM" and step.words:
            if step.words[0].lower() not in {*stages, "scratch"}:
                yield step, step.words[0]
            name = file.stages[step.stage].name
            if name:
                stages.add(name)
        for source in _sources(step):
            if source and source.lower() not in stages and not _is_index(source, step.stage):
                yield step, source


def _is_index(source: str, stage: int) -> bool:
    return source.isdecimal() and len(source) < 6 and int(source) <= stage


def _sources(step: Step) -> Iterator[str]:
    for flag in step.instruction.flags:
        if step.instruction.keyword == "COPY" and flag.name == "from":
            yield flag.value or ""
        elif step.instruction.keyword == "RUN" and flag.name == "mount" and flag.value:
            for option in flag.value.split(","):
                key, _, value = option.partition("=")
                if key == "from":
                    yield value


def _matches(registry: str, pattern: str) -> bool:
    if pattern == "*":
        return True
    if pattern.startswith("*"):
        return registry.endswith(pattern[1:])
    if pattern.endswith("*"):
        return registry.startswith(pattern[:-1])
    return (registry or "docker.io") == pattern
