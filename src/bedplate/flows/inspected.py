"""What comes of looking at an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts


class Statement(NamedTuple):
    """An in-toto statement on an image.

    Args:
        predicate_type: URI that says what it states.
        content: the statement as JSON.
        digest: of the content, for evidence.
        via: how it was attached and whether its signature was checked; empty for those that
            the builder put into the index, which have none.
    """

    predicate_type: str
    content: bytes
    digest: str
    via: str = ""


class Inspected(NamedTuple):
    """An image, and what its builder says of vulnerabilities in it."""

    facts: BaseFacts
    vex: tuple[Statement, ...] = ()
