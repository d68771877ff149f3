"""The gates, the cheapest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.gates import (
    end_of_life,
    load_proof,
    new_vulnerabilities,
    platforms,
    size,
)

if TYPE_CHECKING:
    from bedplate.updating.gate import Gate

GATES: tuple[Gate, ...] = (platforms, end_of_life, size, new_vulnerabilities, load_proof)
