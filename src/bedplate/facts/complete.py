"""Adds to facts what only the catalog knows: when support ends, and the chain of bases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.facts.end_of_life import end_of_life_of
from bedplate.facts.fingerprint import bases_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bedplate.facts.catalog import Catalog
    from bedplate.model.base_facts import BaseFacts, BaseMatch, EndOfLife
    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.runtime import Runtime


def complete(
    facts: BaseFacts,
    catalog: Catalog,
    today: date,
    annotations: Mapping[str, str] | None = None,
    stated: Iterable[BaseMatch] = (),
) -> BaseFacts:
    """Fill `end_of_life` and `bases`.

    Args:
        facts: of a live image, or a row of the catalog.
        catalog: knows the layers of base images.
        today: the day against which end-of-life dates are held.
        annotations: of the image's manifest.
        stated: bases that provenance names.
    """
    return replace(
        facts,
        end_of_life=end_of_life(facts, today),
        bases=_bases(facts, catalog, annotations or {}, stated),
    )


def end_of_life(facts: BaseFacts, today: date) -> tuple[EndOfLife, ...] | None:
    """Say when support ends of the release and of every runtime that has a cycle.

    Returns:
        the release first; None when neither the release nor the runtimes are known.
    """
    if facts.distro is None and facts.runtimes is None:
        return None
    subjects: list[DistroRelease | Runtime] = [facts.distro] if facts.distro else []
    subjects += facts.runtimes or ()
    ends = (end_of_life_of(subject, today) for subject in subjects)
    return tuple(dict.fromkeys(end for end in ends if end is not None))


def _bases(
    facts: BaseFacts,
    catalog: Catalog,
    annotations: Mapping[str, str],
    stated: Iterable[BaseMatch],
) -> tuple[BaseMatch, ...]:
    layers = facts.layers or ()
    digests = [layer.digest for layer in layers if layer.digest]
    diff_ids = [layer.diff_id for layer in layers if layer.diff_id]
    matches = bases_of(
        digests if len(digests) == len(layers) else (),
        diff_ids if len(diff_ids) == len(layers) else (),
        annotations,
        catalog,
        stated=stated,
        created_by=layers[0].created_by if layers else "",
    )
    return tuple(match for match in matches if match.reference != facts.reference)
