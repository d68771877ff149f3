"""SPDX 2.3, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import facts_moment
from bedplate.reporting.spdx_document import SpdxDocument

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.reporting.look import Look

NAME = "spdx"


def sbom(facts: BaseFacts, _look: Look) -> str:
    """Write one document; what could not be read is in its comment."""
    document = SpdxDocument(facts.name, facts_moment(facts))
    document.add_image(facts, facts.packages or ())
    document.comment(f"not examined: {item.what}: {item.reason}" for item in facts.skipped)
    return json_text(document.document())
