"""When support of a distribution or a runtime ends: a table by product and release cycle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.facts.codec import check_schema, read
from bedplate.facts.snapshot import read_file
from bedplate.model.base_facts import EndOfLife

if TYPE_CHECKING:
    from datetime import date

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.runtime import Runtime

SCHEMA = "bedplate/end-of-life/1"
_FILE = Path(__file__).with_name("end_of_life.json")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One release cycle.

    Args:
        eol: ISO date of the last day of free, standard support; or whether it is over.
        lts: whether it is a long-term one; None when its product does not tell them apart.
        extended: ISO date until which somebody still patches it; empty if nobody, or not known.
    """

    eol: str | bool
    lts: bool | None = None
    extended: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """One product: its name for people, and its cycles."""

    title: str
    cycles: dict[str, Cycle]


@dataclass(frozen=True, slots=True)
class Table:
    """The document `end_of_life.json`.

    Args:
        schema: `bedplate/end-of-life/1`.
        observed: ISO date on which the table was true.
        source: where it comes from.
        products: by key: `debian`, `nodejs`.
    """

    schema: str
    observed: str
    source: str
    products: dict[str, Product]


def lookup(product: str, cycle: str, today: date) -> EndOfLife | None:
    """Say when support of a cycle ends, None when the table does not have it.

    Args:
        product: key in the table: `debian`, `nodejs`.
        cycle: release cycle: `12`, `20`.
        today: the day against which the date is held; support lasts through its last day.
    """
    known = load_table().products.get(product)
    found = known.cycles.get(cycle) if known else None
    if known is None or found is None:
        return None
    if isinstance(found.eol, bool):
        last_day, ended = "", found.eol
    else:
        last_day, ended = found.eol, today.isoformat() > found.eol
    title = f"{known.title} {cycle}"
    return EndOfLife(product, title, cycle, last_day, ended, found.lts, found.extended)


def end_of_life_of(subject: DistroRelease | Runtime, today: date) -> EndOfLife | None:
    """Say when support of a release or a runtime ends, None when not known."""
    return lookup(subject.eol_product, subject.eol_cycle, today)


@cache
def load_table(path: Path = _FILE) -> Table:
    """Read the table; kept for the life of the process.

    Raises:
        InvalidDocument: the file is damaged or missing.
    """
    table = read(read_file(path), Table, str(path))
    check_schema(table.schema, SCHEMA, str(path))
    if not table.products:
        raise InvalidDocument(f"{path}: field products is empty")
    return table
