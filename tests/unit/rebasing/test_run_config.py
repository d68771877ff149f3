"""What a container starts with, after a change of base."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.rebasing.environment import merge_environment
from bedplate.rebasing.hazards import start
from bedplate.rebasing.history import splice_history
from bedplate.rebasing.new_documents import encode
from bedplate.rebasing.run_config import changed_fields, merge_run
from bedplate.rebasing.situation import Runs, Situation

Run = dict[str, Any]
OLD: Run = {
    "Env": ["PATH=/usr/bin:/bin", "NODE_VERSION=20.1.0"],
    "Entrypoint": ["docker-entrypoint.sh"],
    "Cmd": ["node"],
    "WorkingDir": "/",
    "Labels": {"vendor": "os", "release": "12"},
    "ExposedPorts": {"80/tcp": {}},
    "StopSignal": "SIGQUIT",
}
NEW: Run = {
    "Env": ["PATH=/usr/bin:/bin:/opt", "NODE_VERSION=22.0.0", "LANG=C.UTF-8"],
    "Entrypoint": ["entry.sh"],
    "Cmd": ["node", "--new"],
    "User": "node",
    "Labels": {"vendor": "os", "release": "13"},
    "ExposedPorts": {"8080/tcp": {}},
    "StopSignal": "SIGTERM",
}


def test_what_is_inherited_comes_from_the_new_base() -> None:
    assert merge_run(OLD, OLD, NEW) == NEW


def test_what_the_image_changed_wins() -> None:
    own = {
        **OLD,
        "Env": ["PATH=/srv/bin:/usr/bin:/bin", "NODE_VERSION=20.1.0", "PORT=1"],
        "User": "app",
        "WorkingDir": "/srv",
        "Labels": {"vendor": "team", "release": "12", "own": "1"},
        "ExposedPorts": {"80/tcp": {}, "9000/tcp": {}},
        "Healthcheck": {"Test": ["CMD", "true"]},
        "OnBuild": ["RUN true"],
    }
    merged = merge_run(own, OLD, NEW)
    assert merged["Env"] == [
        "PATH=/srv/bin:/usr/bin:/bin:/opt",
        "NODE_VERSION=22.0.0",
        "LANG=C.UTF-8",
        "PORT=1",
    ]
    assert (merged["User"], merged["WorkingDir"]) == ("app", "/srv")
    assert merged["Labels"] == {"vendor": "team", "release": "13", "own": "1"}
    assert merged["ExposedPorts"] == {"8080/tcp": {}, "9000/tcp": {}}
    assert merged["Healthcheck"] == {"Test": ["CMD", "true"]}
    assert merged["OnBuild"] == ["RUN true"]
    assert merged["StopSignal"] == "SIGTERM"


@pytest.mark.parametrize(
    ("own", "entrypoint", "command"),
    [
        ({}, ["entry.sh"], ["node", "--new"]),
        ({"Cmd": ["app.js"]}, ["entry.sh"], ["app.js"]),
        ({"Entrypoint": ["/app"], "Cmd": None}, ["/app"], None),
        ({"Entrypoint": ["/app"], "Cmd": ["node"]}, ["/app"], ["node"]),
        ({"Entrypoint": [], "Cmd": ["node"]}, None, ["node"]),
    ],
)
def test_entry_point_and_command(own: Run, entrypoint: Any, command: Any) -> None:
    merged = merge_run({**OLD, **own}, OLD, NEW)
    assert (merged.get("Entrypoint"), merged.get("Cmd")) == (entrypoint, command)


def test_triggers_of_the_new_base_are_not_inherited() -> None:
    assert "OnBuild" not in merge_run(OLD, OLD, {**NEW, "OnBuild": ["COPY . ."]})


def test_a_variable_that_the_image_took_away_stays_away() -> None:
    assert merge_environment(["A=1"], ["A=1", "B=2"], ["A=3", "B=4"]) == ("A=3",)


@pytest.mark.parametrize(
    ("own", "merged"),
    [
        ("PATH=/bin:/app", "PATH=/x:/app"),
        ("PATH=/app:/bin:/late", "PATH=/app:/x:/late"),
        ("PATH=/app", "PATH=/app"),
        ("PATH=/bin2", "PATH=/bin2"),
        ("PATH=", "PATH="),
    ],
)
def test_lists_are_lengthened_around_the_new_value(own: str, merged: str) -> None:
    assert merge_environment([own], ["PATH=/bin"], ["PATH=/x"]) == (merged,)


LINES = st.dictionaries(st.sampled_from("ABC"), st.text(":/ab", max_size=5)).map(
    lambda table: [f"{name}={value}" for name, value in table.items()]
)


@given(own=LINES, old=LINES)
def test_the_same_base_again_changes_no_variable(own: list[str], old: list[str]) -> None:
    assert set(merge_environment(own, old, old)) == set(own)


@given(own=LINES, new=LINES)
def test_an_old_base_without_variables_gives_none_away(own: list[str], new: list[str]) -> None:
    names = {line.partition("=")[0] for line in own}
    kept = {line for line in new if line.partition("=")[0] not in names}
    assert set(merge_environment(own, [], new)) == kept | set(own)


def test_changed_fields_are_named() -> None:
    assert changed_fields(OLD, {**OLD, "User": "x", "Cmd": []}) == ("Cmd", "User")
    assert changed_fields({"Cmd": None}, {"Cmd": []}) == ()


def step(line: str, *, empty: bool = False) -> dict[str, Any]:
    return {"created_by": line, "empty_layer": True} if empty else {"created_by": line}


BASE = [step("add"), step("cmd", empty=True)]
OWN = [*BASE, step("env", empty=True), step("copy")]
NEXT = [step("new add"), step("new run")]


def test_history_of_the_new_base_stands_below() -> None:
    assert splice_history(OWN, BASE, NEXT, (2, 1, 2)) == [*NEXT, *OWN[2:]]


def test_history_without_that_of_the_old_base_is_cut_by_layers() -> None:
    assert splice_history(OWN, [step("squashed")], NEXT, (2, 1, 2)) == [*NEXT, step("copy")]


def test_a_history_that_does_not_fit_is_left_out() -> None:
    assert splice_history(OWN[:1], BASE, NEXT, (2, 1, 2)) == []
    assert splice_history(OWN, BASE, [], (2, 1, 2)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=4,
)
FREE = st.dictionaries(st.sampled_from(["OnBuild", "Healthcheck", "Shell", "X"]), JSON)


@given(own=FREE, before=FREE, after=FREE)
def test_whatever_stands_in_fields_that_nobody_checked(own: Run, before: Run, after: Run) -> None:
    merged = merge_run(own, before, after)
    list(start.find(Situation([], [], [], Runs(own, before, after, merged))))
    assert json.loads(encode(merged)) == merged
