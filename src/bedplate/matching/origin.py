"""Where a finding comes from: the base image or what was put upon it, and by which step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.matching.build_steps import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.dockerfile.document import Dockerfile
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.finding import Finding

BASE, APP = "base", "app"


def with_origin(
    findings: Iterable[Finding], facts: BaseFacts, dockerfile: Dockerfile | None = None
) -> tuple[Finding, ...]:
    """Tell of each finding whether it is the base image's, its build step and its line.

    Args:
        findings: with the layer that brought each.
        facts: the image: its layers with their history, and the bases that it stands on.
        dockerfile: the file that it was built from; None when not known.
    """
    steps = [layer.created_by for layer in facts.layers or ()]
    lines = lines_of(steps, dockerfile) if dockerfile is not None else {}
    base = _base_layers(facts, lines)
    return tuple(
        replace(
            finding,
            origin=_origin(finding.layer, base, len(steps)),
            created_by=_at(steps, finding.layer),
            line=lines.get(finding.layer) if finding.layer is not None else None,
        )
        for finding in findings
    )


def _base_layers(facts: BaseFacts, lines: dict[int, int]) -> int | None:
    """Count the layers of the nearest base; without one, those that no line made."""
    known = [base.layers for base in facts.bases if base.layers is not None]
    return max(known, default=min(lines, default=None))


def _origin(layer: int | None, base: int | None, layers: int) -> str:
    if base is None:
        return ""
    if layer is None:
        # all of the image is its base: then so is what has no layer, such as a runtime
        return BASE if layers and base >= layers else ""
    return BASE if layer < base else APP


def _at(steps: list[str], layer: int | None) -> str:
    return steps[layer] if layer is not None and 0 <= layer < len(steps) else ""
