"""What the catalog knows of an image, and how it learns of another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound, RegistryUnreachable
from bedplate.facts.complete import complete
from bedplate.flows.inspect import inspect
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts


def show(name: str, session: Session) -> tuple[BaseFacts, ...]:
    """Give what the catalog knows of an image, one row per platform it has facts for.

    Args:
        name: a reference; no registry is asked.
        session: its platform counts only when it was asked for.

    Raises:
        InvalidReference: not a reference.
        ImageNotFound: the catalog does not know it, or not for that platform.
    """
    reference = Reference.parse(name)
    if session.platform_asked:
        row = session.catalog.find(reference, session.platform)
        rows: tuple[BaseFacts, ...] = () if row is None else (row,)
    else:
        rows = session.catalog.rows(reference)
    if not rows:
        platform = f" for {session.platform}" if session.platform_asked else ""
        raise ImageNotFound(
            f"{name}: not in the catalog{platform}",
            "`bedplate catalog list` shows what is, `bedplate catalog add` reads an image in",
        )
    return tuple(complete(replace(row, name=name), session.catalog, session.today) for row in rows)


def add(name: str, session: Session) -> tuple[BaseFacts, ...]:
    """Read an image and keep its facts in the user's part of the catalog.

    Args:
        name: an image of a registry.
        session: one platform, or all.

    Returns:
        the rows that were kept.

    Raises:
        BadInput: no such image, or one without a name in a registry.
        Unavailable: the registry was not asked or not reached; a full disk.
    """
    rows = inspect(name, session)
    for row in rows:
        if row.origin == "catalog":
            raise RegistryUnreachable(
                f"{name}: only the catalog itself answered, so there is nothing to add",
                "run it without --offline, where the registry can be reached",
            )
    for row in rows:
        session.catalog.add(row)
    if session.pull:
        from bedplate.flows.proof_base import keep_profile  # noqa: PLC0415 - lazy: reads layers

        for row in rows:
            keep_profile(name, row, session)
    return rows
