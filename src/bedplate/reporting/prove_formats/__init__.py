"""The formats of proofs; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.prove_formats import json, markdown, terminal

if TYPE_CHECKING:
    from bedplate.reporting.prove_format import ProveFormat

PROVE_FORMATS: tuple[ProveFormat, ...] = (terminal, json, markdown)
