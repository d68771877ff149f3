"""Write an SBOM in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.sbom_formats import SBOM_FORMATS

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.reporting.look import Look

SBOM_FORMAT_NAMES = tuple(entry.NAME for entry in SBOM_FORMATS)


def render_sbom(facts: BaseFacts, format_name: str, look: Look) -> str:
    """Write down what an image is made of.

    Args:
        facts: of one image on one platform.
        format_name: one of `SBOM_FORMAT_NAMES`.
        look: how it is drawn.
    """
    entry = next(entry for entry in SBOM_FORMATS if format_name == entry.NAME)
    return entry.sbom(facts, look)
