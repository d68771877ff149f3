"""Whether there is anything to report of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts


def is_recognised(facts: BaseFacts) -> bool:
    """Tell whether an image whose layers were read showed anything that we know.

    An image that holds nothing we recognise is unknown, and must not pass for examined; one of
    which only the manifest was to be read is what the user asked for.
    """
    if facts.depth == "manifest":
        return True
    return bool(facts.distro or facts.runtimes or facts.packages or facts.libcs)
