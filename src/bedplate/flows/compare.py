"""Look at several images, and lay their facts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.inspect import inspect
from bedplate.flows.side_by_side import side_by_side
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Comparison


def compare(names: Iterable[str], session: Session, variants: Iterable[str] = ()) -> Comparison:
    """Inspect the images one after another, so that layers that they share are read once.

    Args:
        names: images that must be there.
        session: means and permissions.
        variants: more images; one that can't be looked at, or that is one of the others by
            another name, is skipped with its reason.

    Raises:
        BedplateError: one of `names` can't be looked at.
    """
    rows = [row for name in dict.fromkeys(names) for row in inspect(name, session)]
    skipped: list[Skipped] = []
    for name in variants:
        try:
            found = inspect(name, session)
        except BedplateError as error:
            skipped.append(Skipped(name, error.message))
            continue
        twin = _twin(found, rows)
        if twin:
            skipped.append(Skipped(name, f"the same image as {twin}"))
        else:
            rows += found
    return side_by_side(rows, skipped)


def _twin(found: Sequence[BaseFacts], rows: Iterable[BaseFacts]) -> str:
    """Name the image that all of these rows are just another tag of; empty if there is none."""
    digests = {row.manifest_digest for row in found}
    same = [row.name for row in rows if row.manifest_digest in digests]
    return same[0] if None not in digests and len(same) >= len(digests) else ""
