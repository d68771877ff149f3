"""One number with what it is held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured value and its target.

    Args:
        name: what was measured.
        value: in `unit`.
        unit: `x`, `s`, `MB`, `requests`, ...
        target: that the value must reach.
        at_most: the value must not be larger; False: not smaller.
        detail: what the value was computed from.
    """

    name: str
    value: float
    unit: str
    target: float
    at_most: bool = True
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target if self.at_most else self.value >= self.target

    def line(self) -> str:
        """Render one line of the report."""
        verdict = "ok    " if self.met else "MISSED"
        sign = "<=" if self.at_most else ">="
        value = f"{self.value:.3g} {self.unit}"
        return f"{verdict} {self.name:<44} {value:>14}  {sign} {self.target:g}  {self.detail}"
