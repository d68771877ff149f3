"""What a FROM means when no build argument is given.

Source: BuildKit, dockerfile2llb: defaults of the ARGs before the first FROM, and the platform
arguments that every build has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile import expand
from bedplate.errors import BedplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

# Any value will do: rules ask only whether there is one.
PLATFORM_ARGUMENTS = {
    "BUILDPLATFORM": "linux/amd64",
    "BUILDOS": "linux",
    "BUILDOSVERSION": "",
    "BUILDARCH": "amd64",
    "BUILDVARIANT": "",
    "TARGETPLATFORM": "linux/amd64",
    "TARGETOS": "linux",
    "TARGETOSVERSION": "",
    "TARGETARCH": "amd64",
    "TARGETVARIANT": "",
    "TARGETSTAGE": "default",
}


class FromValue(NamedTuple):
    """The base of a stage, resolved with defaults.

    Args:
        stage: index.
        written: base as written.
        text: with variables expanded; None when they can't be.
        undefined: variables that nobody declares, in base and platform.
        open: variables that have no value.
    """

    stage: int
    written: str
    text: str | None
    undefined: frozenset[str]
    open: frozenset[str]


def from_values(file: LintedFile) -> Iterator[FromValue]:
    """Resolve the base of every stage."""
    values, declared = _arguments(file)
    for stage in file.stages:
        written = stage.base.text
        try:
            found = expand(written, values, escape=file.dockerfile.escape)
            unset = found.unset
            if stage.platform:
                unset |= expand(stage.platform, values, escape=file.dockerfile.escape).unset
            yield FromValue(stage.index, written, found.text, unset - declared, found.unset)
        except BedplateError:
            yield FromValue(stage.index, written, None, frozenset(), frozenset())


def _arguments(file: LintedFile) -> tuple[dict[str, str], frozenset[str]]:
    values = dict(PLATFORM_ARGUMENTS)
    declared: set[str] = set()
    for step in file.direct("ARG"):
        if step.stage >= 0:
            break
        for pair in step.instruction.pairs:
            declared.add(pair.name)
            if pair.value is not None:
                try:
                    found = expand(pair.value, values, escape=file.dockerfile.escape)
                except BedplateError:
                    continue
                values[pair.name] = found.text
    return values, frozenset(declared | values.keys())
