"""What must hold for a check to pass."""

from __future__ import annotations

from dataclasses import dataclass

from bedplate.model.severity import Severity
from bedplate.model.tag_choice import Axis


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """Which parts of a check run, and what each fails at.

    Args:
        lint: the least severity of a violation that fails; None to lint nothing.
        pins: verify pinned digests.
        pinned: an image without a digest fails too.
        outdated: moves that are waited for fail on these axes; empty to look for none.
        gates: what a finding must not be, as `--fail-on` of `scan` has it; None to scan nothing.
        must_know: what could not be examined does not pass.
    """

    lint: Severity | None = Severity.ERROR
    pins: bool = True
    pinned: bool = False
    outdated: frozenset[Axis] = frozenset((Axis.DIGEST, Axis.PATCH))
    gates: tuple[str, ...] | None = ("critical,fixable",)
    must_know: bool = True
