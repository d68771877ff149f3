"""The state of a watch: whatever the file holds, and what it knows afterwards."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bedplate.flows.watch_state import SCHEMA, WatchState
from bedplate.model.notice import Change, Notice

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
TABLES = st.fixed_dictionaries(
    {}, optional={"schema": st.just(SCHEMA), "started": PLAIN, "done": PLAIN, "told": PLAIN}
)


def loaded(content: bytes) -> WatchState:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.json"
        path.write_bytes(content)
        state = WatchState.load(path)
        state.begin(1000.0, 60.0)
        state.finish("acme/shop")
        again = WatchState.load(path)
        assert again.damaged == ""
        assert (again.done, again.told) == (state.done, state.told)
        return state


@given(st.binary(max_size=50))
def test_no_bytes_stop_a_watch(content: bytes) -> None:
    assert loaded(content).damaged


@given(TABLES | PLAIN)
def test_no_document_stops_a_watch(document: object) -> None:
    loaded(json.dumps(document).encode())


def test_numbers_too_large_for_a_time_are_damage() -> None:
    text = f'{{"schema": "{SCHEMA}", "started": 1{"0" * 400}, "done": [], "told": {{}}}}'
    assert loaded(text.encode()).damaged


def test_news_is_what_was_not_told_by_that_way() -> None:
    state = WatchState(None)
    one, two = Change("behind", "node 20 -> 22"), Change("behind", "go 1.24 -> 1.25")
    state.note_told("mail", Notice("shop", (one,)), whole=True)
    assert not state.is_news("mail", Notice("shop", (one,)))
    assert state.is_news("slack", Notice("shop", (one,)))
    assert state.is_news("mail", Notice("shop", (one, two)))
    state.note_told("mail", Notice("shop", (two,)), whole=False)
    assert not state.is_news("mail", Notice("shop", (one, two)))
    state.note_told("mail", Notice("shop", (two,)), whole=True)
    assert state.is_news("mail", Notice("shop", (one,)))


def test_a_failure_that_counts_down_is_one_failure() -> None:
    state = WatchState(None)
    state.note_told("mail", Notice("shop", failure="try again in 3600 s"), whole=False)
    assert not state.is_news("mail", Notice("shop", failure="try again in 17 s"))
    assert state.is_news("mail", Notice("shop", failure="no such remote"))


def test_repositories_that_are_gone_are_forgotten() -> None:
    state = WatchState(None)
    state.note_told("mail", Notice("old", failure="x"), whole=False)
    state.note_told("mail", Notice("shop", failure="x"), whole=False)
    state.end({"shop"})
    assert set(state.told) == {"shop"}
