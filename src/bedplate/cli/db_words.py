"""What `bedplate db` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from bedplate.advisories.update import Outcome
    from bedplate.model.store_manifest import StoreManifest

SCHEMA = "bedplate/db-status/1"


def write_status(manifests: Iterable[StoreManifest], format_: str, today: dt.date) -> str:
    """List stores: name, date, how much is in it, what it is made of.

    Args:
        manifests: of every store.
        format_: `terminal` or `json`.
        today: for the age.
    """
    listed = list(manifests)
    if format_ == "json":
        document = {"schema": SCHEMA, "stores": listed}
        return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    if not listed:
        return "no advisories: run `bedplate db update`"
    rows = [("store", "as of", "age", "advisories", "packages", "made of")]
    rows += [_row(one, today) for one in listed]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return "\n".join(
        "  ".join([*(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )


def _row(one: StoreManifest, today: dt.date) -> tuple[str, str, str, str, str, str]:
    day = one.as_of[:10]
    made_of = harmless(one.title or one.feed)
    if one.embedded:
        made_of += f" (came with bedplate: {harmless(one.covers)})"
    skipped = sum(source.skipped for source in one.sources)
    if skipped:
        made_of += f"; {skipped} records could not be read"
    count = str(one.advisories), str(one.packages) if one.packages else "-"
    return harmless(one.name), harmless(day), _age(day, today), *count, made_of


def _age(day: str, today: dt.date) -> str:
    try:
        days = (today - type(today).fromisoformat(day)).days
    except ValueError:
        return "?"
    # a clock may be wrong, or a feed ahead of it
    return f"{days} d" if days >= 0 else "ahead"


def outcome_line(outcome: Outcome) -> str:
    """Say in one line what became of a store."""
    if outcome.error is not None:
        kept = "; the old one stays" if outcome.manifest else ""
        return f"{outcome.store}: failed{kept}: {harmless(str(outcome.error))}"
    manifest = outcome.manifest
    if manifest is None:
        return f"{outcome.store}: {outcome.state}"
    skipped = sum(source.skipped for source in manifest.sources)
    told = f", {skipped} records could not be read" if skipped else ""
    return (
        f"{outcome.store}: {outcome.state}, as of {harmless(manifest.as_of[:10])}, "
        f"{manifest.advisories} advisories{told}"
    )
