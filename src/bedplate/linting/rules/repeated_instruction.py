"""An instruction that counts once stands twice in a stage.

Of CMD, ENTRYPOINT and HEALTHCHECK only the last one counts.

Fix: remove the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.WARNING
TWINS = (
    "MultipleInstructionsDisallowed",
    "DL4003",
    "DL4004",
    "DL3012",
    "DS-0007",
    "DS-0016",
    "DS-0023",
)
BAD = ('FROM debian:12\nCMD ["a"]\nCMD ["b"]\n',)
GOOD = ('FROM debian:12 AS a\nCMD ["a"]\nFROM a\nCMD ["b"]\n',)

_CODES = {
    "CMD": ("DL4003", "DS-0016"),
    "ENTRYPOINT": ("DL4004", "DS-0007"),
    "HEALTHCHECK": ("DL3012", "DS-0023"),
}


def check(file: LintedFile) -> Iterator[Hit]:
    """Find all but the last for BuildKit, all but the first for hadolint."""
    for keyword, (hadolint, trivy) in _CODES.items():
        by_stage: dict[int, list[Step]] = {}
        for step in file.direct(keyword):
            by_stage.setdefault(step.stage, []).append(step)
        for steps in by_stage.values():
            for number, step in enumerate(steps):
                twins: list[str] = []
                if number + 1 < len(steps):
                    twins += ("MultipleInstructionsDisallowed", trivy)
                if number:
                    twins.append(hadolint)
                if twins:
                    yield Hit(step, f"the stage has several {keyword}", None, tuple(twins))
