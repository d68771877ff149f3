from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument
from bedplate.updating.lockfile import SCHEMA, Locked, read_lock, write_lock

DIGEST = "sha256:" + "a1" * 32


def lock(entry: Any, key: str = "docker.io/library/node:20") -> str:
    return json.dumps({"schema": SCHEMA, "images": {key: entry}})


@given(
    st.dictionaries(
        st.from_regex(r"ghcr\.io/[a-z]{1,8}:[a-z0-9]{1,8}", fullmatch=True),
        st.builds(
            Locked,
            st.binary(min_size=32, max_size=32).map(lambda one: f"sha256:{one.hex()}"),
            st.dates().map(str),
        ),
    )
)
def test_what_is_written_is_read_and_sorted(images: dict[str, Locked]) -> None:
    text = write_lock(images)
    assert read_lock(text, "bedplate.lock") == images
    assert list(json.loads(text)["images"]) == sorted(images)
    assert write_lock(read_lock(text, "x")) == text


def test_an_empty_file_locks_nothing() -> None:
    assert read_lock("\n", "bedplate.lock") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "schema"),
        ('{"schema": "bedplate/lock/99", "images": {}}', "schema"),
        (f'{{"schema": "{SCHEMA}", "images": []}}', "images is not a table"),
        (lock("x"), "images.docker.io/library/node:20 is not a table"),
        (lock({"date": "2026-01-01"}), "digest is not a text"),
        (lock({"date": "2026-01-01", "digest": "sha256:12"}), "64"),
        (lock({"date": "soon", "digest": DIGEST}), "date"),
        (lock({"date": "2026-01-01", "digest": DIGEST}, "node"), "not a full reference"),
        (lock({"date": "2026-01-01", "digest": DIGEST}, "no de"), "no de"),
    ],
)
def test_a_damaged_file_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_lock(text, "bedplate.lock")
    assert refused.value.message.startswith("bedplate.lock: ")
    assert said in str(refused.value)
