"""What the catalog knows of an image that a file names: alone, or beside a registry's answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import InvalidPlatform
from bedplate.facts.complete import end_of_life
from bedplate.facts.end_of_life import load_table, lookup
from bedplate.flows.variants import LIMIT, sibling_tags
from bedplate.linting.evidence import Built, Ending, Evidence, Measured
from bedplate.linting.tag_releases import releases_of
from bedplate.model.digest import Digest
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.reference import Reference


def with_catalog(evidence: Evidence, platform: Platform, session: Session) -> Evidence:
    """Add the ends of life and the variants; without a registry's answer, all that is known.

    A row of the catalog is taken for the image only when the registry served the same digest,
    or when nobody could be asked: a tag moves.

    Args:
        evidence: what the registry answered, or nothing but the reference.
        platform: whose row is wanted; that of linux/amd64 when there is none.
        session: the catalog and the day.
    """
    row = _row(evidence, platform, session) or _row(evidence, None, session)
    asked = evidence.served is not None or evidence.by_tag is not None or evidence.gone
    endings = tuple(_endings(evidence.reference, row, session.today))
    evidence = replace(evidence, endings=endings)
    if row is not None:
        evidence = replace(evidence, catalog_date=row.observed)
        if not asked:
            evidence = _from_row(evidence, row)
    size = _own_size(evidence, row)
    variants = tuple(_variants(evidence.reference, row, platform, session)) if size else ()
    return replace(evidence, size=size, variants=variants)


def _row(evidence: Evidence, platform: Platform | None, session: Session) -> BaseFacts | None:
    reference, served, catalog = evidence.reference, evidence.served, session.catalog
    if served is not None:
        found = catalog.by_digest(str(served.digest), platform)
    elif evidence.by_tag is not None or evidence.gone:
        return None
    else:
        found = catalog.find(reference, platform)
    if found is not None:
        return found
    # facts from a build definition have no digests, and hold for every build of the name
    named = catalog.find(replace(reference, digest=None).with_default_tag(), platform)
    return named if named and not (named.index_digest or named.manifest_digest) else None


def _endings(reference: Reference, row: BaseFacts | None, today: date) -> Iterator[Ending]:
    """List the ends of life: of what is in the image, then of what its tag names."""
    table = f"end-of-life table, as of {load_table().observed}"
    seen = set()
    for end in (end_of_life(row, today) or ()) if row else ():
        seen.add((end.product, end.cycle))
        yield Ending(end, f"{_source(row)}; {table}" if row else table)
    for product, cycle in releases_of(reference):
        found = lookup(product, cycle, today)
        if found and (product, cycle) not in seen:
            seen.add((product, cycle))
            yield Ending(found, f"the tag {reference.tag} names {found.title}; {table}")


def _from_row(evidence: Evidence, row: BaseFacts) -> Evidence:
    """Take from the catalog what a registry would have said."""
    reference = evidence.reference
    pin = str(reference.digest) if reference.digest else ""
    single = bool(pin) and pin == row.manifest_digest
    listed = row.index_digest if single and row.index_digest != pin else None
    built = None
    if row.created and not pin:
        shown_by = f"{_source(row)}: `created` of {reference.familiar} is {row.created}"
        built = Built(row.created, row.observed, shown_by)
    digest = "" if pin or not row.index_digest else f" is {row.index_digest}"
    if listed:
        digest = f" is the image of {row.platform} in the index {listed}"
    offered = f", made for {', '.join(row.platforms)}" if row.platforms else ""
    return replace(
        evidence,
        index_of_pin=Digest.parse(listed) if listed else None,
        platforms=None if single else _platforms(row.platforms),
        built=built,
        answers=(f"{_source(row)}: {reference.familiar}{digest}{offered}",),
    )


def _platforms(texts: tuple[str, ...] | None) -> tuple[Platform, ...] | None:
    found = []
    for text in texts or ():
        try:
            found.append(Platform.parse(text))
        except InvalidPlatform:  # a user's own entry may hold anything
            return None
    return tuple(found) or None


def _source(row: BaseFacts) -> str:
    return f"catalog, as of {row.observed}"


def _own_size(evidence: Evidence, row: BaseFacts | None) -> Measured | None:
    if row is None:
        return evidence.size
    own = _measured(row, evidence.reference)
    live = evidence.size
    return own if live is None else replace(own, compressed_size=live.compressed_size)


def _measured(row: BaseFacts, reference: Reference) -> Measured:
    return Measured(
        name=replace(reference, digest=None).familiar,
        tag=reference.tag,
        disk_size=row.disk_size,
        compressed_size=row.compressed_size,
        rounded=row.disk_size_precision,
        libcs=None if row.libcs is None else tuple(libc.name for libc in row.libcs),
        shown_by=f"{_source(row)}: sizes of {reference.familiar}",
    )


def _variants(
    reference: Reference, row: BaseFacts | None, platform: Platform, session: Session
) -> Iterator[Measured]:
    """List images of the same version that the catalog has measured on the same platform."""
    known = session.catalog.tags(reference.name) if reference.tag else None
    if known is None:
        return
    wanted: Platform | None = platform
    if row is not None:
        wanted = next(iter(_platforms((row.platform,) if row.platform else ()) or ()), None)
    count = 0
    for tag in sibling_tags(reference.tag, known.tags):
        sibling = replace(reference, tag=tag, digest=None)
        facts = session.catalog.find(sibling, wanted)
        if facts is not None and (facts.disk_size or facts.compressed_size):
            yield _measured(facts, sibling)
            count += 1
        if count == LIMIT:
            return
