from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidDocument
from bedplate.facts.complete import end_of_life
from bedplate.facts.end_of_life import end_of_life_of, load_table, lookup
from bedplate.model.base_facts import BaseFacts
from bedplate.model.distro_release import DistroRelease
from bedplate.model.runtime import Runtime

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)


def test_node_20_is_over() -> None:
    found = lookup("nodejs", "20", TODAY)
    assert found is not None
    assert (found.title, found.date, found.ended, found.lts) == (
        "Node.js 20",
        "2026-04-30",
        True,
        True,
    )


@pytest.mark.parametrize(("today", "ended"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True)])
def test_support_lasts_through_its_last_day(today: date, ended: bool) -> None:  # noqa: FBT001 - a case
    found = lookup("nodejs", "20", today)
    assert found is not None
    assert found.ended is ended


def test_a_cycle_without_a_date_only_says_yes_or_no() -> None:
    found = lookup("go", "1.27", TODAY)
    assert found is not None
    assert (found.date, found.ended) == ("", False)


def test_long_term_and_extended_support() -> None:
    debian = lookup("debian", "12", TODAY)
    odd = lookup("nodejs", "25", TODAY)
    assert debian is not None
    assert odd is not None
    assert (debian.extended, debian.lts, debian.ended) == ("2028-06-30", None, True)
    assert odd.lts is False


@pytest.mark.parametrize(("product", "cycle"), [("nodejs", "99"), ("none", "1"), ("", "")])
def test_what_is_not_in_the_table_is_not_known(product: str, cycle: str) -> None:
    assert lookup(product, cycle, TODAY) is None


def test_releases_and_runtimes() -> None:
    release = DistroRelease("debian", "Debian", "12.11", eol_product="debian", eol_cycle="12")
    runtime = Runtime("node", "Node.js", "20.1.0", eol_product="nodejs", eol_cycle="20")
    found = (end_of_life_of(release, TODAY), end_of_life_of(runtime, TODAY))
    assert [end.title for end in found if end] == ["Debian 12", "Node.js 20"]
    facts = BaseFacts("a", distro=release, runtimes=(runtime, Runtime("gone", "Gone", "1")))
    assert [end.product for end in end_of_life(facts, TODAY) or ()] == ["debian", "nodejs"]
    assert end_of_life(replace(facts, distro=None, runtimes=()), TODAY) == ()
    assert end_of_life(replace(facts, distro=None, runtimes=None), TODAY) is None


def test_every_cycle_has_a_date_or_an_answer() -> None:
    table = load_table()
    assert len(table.products) >= 30
    assert table.source
    for key, product in table.products.items():
        assert product.title, key
        for cycle in product.cycles.values():
            if isinstance(cycle.eol, str):
                date.fromisoformat(cycle.eol)
            if cycle.extended:
                date.fromisoformat(cycle.extended)


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"schema": "bedplate/end-of-life/1", "observed": "", "source": "", "products": {}}'],
)
def test_a_damaged_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cycles.json"
    path.write_bytes(content)
    with pytest.raises(InvalidDocument, match=r"cycles\.json"):
        load_table(path)
