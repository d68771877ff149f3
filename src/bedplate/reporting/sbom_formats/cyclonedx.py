"""CycloneDX 1.6, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.content_id import UniqueNames
from bedplate.reporting.cyclonedx_bom import bom, image_components, properties
from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import facts_moment

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.reporting.look import Look

NAME = "cyclonedx"


def sbom(facts: BaseFacts, _look: Look) -> str:
    """Write one BOM; what could not be read is a property of it."""
    found = image_components(facts, facts.packages or (), UniqueNames())
    content = {
        "components": found.parts,
        "dependencies": [found.dependency],
        **properties(("skipped", f"{item.what}: {item.reason}") for item in facts.skipped),
    }
    return json_text(bom(content, found.image, facts_moment(facts)))
