"""What is this image? The cheapest true answer, and where it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import (
    ImageNotFound,
    RateLimited,
    RegistryUnreachable,
)
from bedplate.facts.complete import complete
from bedplate.flows.inspected import Inspected
from bedplate.flows.known_parts import with_known_parts
from bedplate.images.image_name import REGISTRY, SBOM, parse_image_name
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts

SCRATCH = "scratch"


def inspect(name: str, session: Session) -> tuple[BaseFacts, ...]:
    """Tell what an image is, one row per platform asked for.

    In order of cost: manifest and config (at most three requests); then what is in the
    layers, from the cache or the catalog when either knows the digest; then the layers
    themselves, unless the session forbids it. Without a network, the catalog answers.

    Args:
        name: `[scheme:]location`.
        session: means and permissions of this run.

    Raises:
        BadInput: no such image or platform, a damaged one, or not allowed in.
        Unavailable: the registry can't be reached and the catalog does not know the image.
    """
    return tuple(row.facts for row in inspected(name, session))


def inspected(name: str, session: Session, *, vex: bool = False) -> tuple[Inspected, ...]:
    """Do as `inspect`, and read what builders attested of vulnerabilities when asked to.

    Raises:
        BedplateError: as for `inspect`.
    """
    parsed = parse_image_name(name)
    if parsed.scheme == SBOM:
        from bedplate.flows.attested_sbom import facts_of_sbom  # noqa: PLC0415 - lazy: a reader

        return (Inspected(facts_of_sbom(parsed, session)),)
    if parsed.scheme == REGISTRY and (session.offline or parsed.location == SCRATCH):
        return _plain(_from_catalog(parsed.location, session))
    # lazy: the catalog answers without any of the machinery that reads layers
    from bedplate.flows.live import live_facts  # noqa: PLC0415

    try:
        return tuple(live_facts(parsed, session, vex=vex))
    except (RegistryUnreachable, RateLimited) as error:
        if parsed.scheme != REGISTRY:
            raise
        return _plain(_instead(parsed.location, session, error))


def _plain(rows: Iterable[BaseFacts]) -> tuple[Inspected, ...]:
    return tuple(Inspected(row) for row in rows)


def _from_catalog(location: str, session: Session) -> list[BaseFacts]:
    """Answer from the catalog.

    Raises:
        ImageNotFound: it does not know the image, or not for that platform.
    """
    reference = Reference.parse(location)
    if session.all_platforms:
        rows = list(session.catalog.rows(reference))
    else:
        row = session.catalog.find(reference, session.platform)
        if row is None and not session.platform_asked:
            row = session.catalog.find(reference)
        rows = [] if row is None else [row]
    if not rows:
        raise ImageNotFound(
            f"{location}: not in the catalog" + _for_platform(session),
            "`bedplate catalog list` shows what is; without --offline the registry is asked",
        )
    rows = [with_known_parts(replace(row, name=location)) for row in rows]
    return [complete(row, session.catalog, session.today) for row in rows]


def _for_platform(session: Session) -> str:
    return f" for {session.platform}" if session.platform_asked else ""


def _instead(
    location: str, session: Session, error: RegistryUnreachable | RateLimited
) -> list[BaseFacts]:
    """Answer from the catalog when the registry does not, and say so."""
    try:
        rows = _from_catalog(location, session)
    except ImageNotFound:
        raise error from None
    session.notify(f"{error}; the catalog answers, as of {rows[0].observed}")
    return rows
