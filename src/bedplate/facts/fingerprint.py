"""Which bases an image stands on.

Four witnesses, the strongest first:

1. a layer chain: the image's lowest layers are all the layers of an image in the catalog;
2. the builder's word: annotations `org.opencontainers.image.base.*`, or build provenance;
3. the history line of the lowest layer, when it names the root file system it unpacked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import InvalidReference
from bedplate.facts.entry import SCRATCH
from bedplate.facts.root_file_system import base_from_history
from bedplate.model.base_facts import BaseMatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedplate.facts.catalog import Catalog
    from bedplate.facts.summary import RowSummary, Summary

# image-spec annotations.md, "Pre-Defined Annotation Keys".
BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"


def bases_of(
    layer_digests: Sequence[str],
    diff_ids: Sequence[str],
    annotations: Mapping[str, str],
    catalog: Catalog,
    *,
    stated: Iterable[BaseMatch] = (),
    created_by: str = "",
) -> tuple[BaseMatch, ...]:
    """Name the chain of bases, nearest first.

    Args:
        layer_digests: of the image's blobs, lowest first; empty when not known.
        diff_ids: of its uncompressed layers, lowest first; empty when not known.
        annotations: of its manifest.
        catalog: knows the layers of base images.
        stated: bases that provenance names.
        created_by: history line of the lowest layer.

    Returns:
        matches by layers (`certain`, or `likely` where several images have the same layers),
        before them the builder's words that no chain confirms (`stated`), last the root
        file system by its history line (`likely`). An image is not its own base.
    """
    chain = _by_layers(tuple(layer_digests), tuple(diff_ids), catalog.references())
    words = [*_by_annotations(annotations), *stated]
    matches = [*(word for word in words if not _confirmed(word, chain)), *chain]
    root = base_from_history(created_by) if len(layer_digests or diff_ids) > 1 else None
    if root is not None and not any(_same_repository(root, match) for match in matches):
        matches.append(root)
    return tuple(dict.fromkeys(matches))


def _by_layers(
    digests: tuple[str, ...], diff_ids: tuple[str, ...], catalog: Iterable[Summary]
) -> list[BaseMatch]:
    """Find every image whose layers are a true beginning of these, the longest first."""
    found: dict[tuple[int, str], list[tuple[Summary, RowSummary]]] = {}
    for summary in catalog:
        for row in summary.rows:
            word = _begins(digests, diff_ids, row)
            if word:
                found.setdefault((len(row.layers or row.diff_ids), word), []).append((summary, row))
    matches: list[BaseMatch] = []
    for length, word in sorted(found, key=lambda key: (-key[0], key[1])):
        if not any(match.layers == length for match in matches):
            matches.append(_match(found[length, word], length, word))
    return matches


def _begins(digests: tuple[str, ...], diff_ids: tuple[str, ...], row: RowSummary) -> str:
    """Say by which digests a row's layers begin an image's layers; empty when they don't."""
    pairs = ((row.layers, digests, "layer digest"), (row.diff_ids, diff_ids, "diff id"))
    for theirs, ours, word in pairs:
        if theirs and len(theirs) < len(ours) and ours[: len(theirs)] == theirs:
            return word
    return ""


def _match(rows: list[tuple[Summary, RowSummary]], length: int, word: str) -> BaseMatch:
    """Choose among images with the same layers: official ones first, then the newest."""
    references = sorted({summary.reference for summary, _ in rows})
    summary, row = max(
        rows,
        key=lambda pair: (
            pair[0].reference.startswith("docker.io/library/"),
            pair[0].observed,
            pair[0].reference,
        ),
    )
    layers = "the lowest layer" if length == 1 else f"the lowest {length} layers"
    evidence = f"{layers} by {word}, catalog of {summary.observed}"
    if len(references) > 1:
        evidence += f"; one of {len(references)} images with these layers"
    return BaseMatch(
        reference=summary.reference,
        digest=row.index_digest or row.manifest_digest or "",
        confidence="certain" if len(references) == 1 else "likely",
        evidence=evidence,
        layers=length,
    )


def _by_annotations(annotations: Mapping[str, str]) -> list[BaseMatch]:
    name = annotations.get(BASE_NAME, "").strip()
    if not name:
        return []
    reference = canonical(name)
    if reference is None:
        return []
    digest = annotations.get(BASE_DIGEST, "").strip()
    return [BaseMatch(reference, digest, "stated", f"annotation {BASE_NAME}")]


def canonical(name: str) -> str | None:
    """Write the name of a base canonically, None when it is not a name."""
    from bedplate.model.reference import Reference  # noqa: PLC0415 - lazy: its grammar is compiled

    if name == SCRATCH:
        return SCRATCH
    try:
        return str(Reference.parse(name).with_default_tag())
    except InvalidReference:
        return None


def _confirmed(word: BaseMatch, chain: list[BaseMatch]) -> bool:
    """Tell whether a layer chain says the same, and note in the chain that it was stated too."""
    for number, match in enumerate(chain):
        same_digest = bool(word.digest) and word.digest == match.digest
        if same_digest or word.reference == match.reference:
            chain[number] = replace(match, evidence=f"{match.evidence}; {word.evidence}")
            return True
    return False


def _same_repository(root: BaseMatch, match: BaseMatch) -> bool:
    return root.reference.partition(":")[0] == match.reference.partition(":")[0]
