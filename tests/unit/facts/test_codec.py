from __future__ import annotations

import json
import typing
from types import UnionType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument
from bedplate.facts.codec import decode, encode
from bedplate.facts.entry import Entry, decode_entry, encode_entry
from bedplate.model.base_facts import BaseFacts, LayerFacts
from bedplate.model.package import Package


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Make values of a field: sizes fit 63 bits, texts are any that UTF-8 has."""
    if hint is int:
        return st.integers(min_value=0, max_value=2**62)
    if hint is str:
        return st.text(max_size=20)
    if typing.get_origin(hint) is tuple:
        inner, *rest = typing.get_args(hint)
        if rest and rest[0] is not Ellipsis:
            return st.tuples(*map(strategy, (inner, *rest)))
        return st.lists(strategy(inner), max_size=2).map(tuple)
    if isinstance(hint, UnionType):
        parts = typing.get_args(hint)
        return st.one_of([st.none() if p is type(None) else strategy(p) for p in parts])
    return values(hint) if hasattr(hint, "__dataclass_fields__") else st.from_type(hint)


def values(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: strategy(hint) for name, hint in hints.items()})


@given(values(BaseFacts))
def test_facts_come_back_as_they_were(facts: BaseFacts) -> None:
    assert decode(encode(facts), "x.json") == facts


@given(st.lists(values(BaseFacts), min_size=1, max_size=3, unique_by=lambda f: f.platform))
def test_entries_come_back_as_they_were(rows: list[BaseFacts]) -> None:
    entry = Entry("scratch", ("docker.io/library/node:20",), tuple(rows))
    read = decode_entry(encode_entry(entry), "x.json")
    assert set(read.rows) == set(rows)
    assert read.aliases == entry.aliases


@given(st.binary(max_size=200))
def test_bytes_that_are_not_facts_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidDocument, match=r"x\.json"):
        decode(content, "x.json")


def test_unknown_is_not_written_and_nought_is() -> None:
    document = json.loads(encode(BaseFacts("a", compressed_size=0, shells=())))
    assert document["facts"] == {"name": "a", "compressed_size": 0, "shells": []}
    assert decode(json.dumps(document).encode(), "x").disk_size is None


def test_file_names_that_are_not_utf8_come_back() -> None:
    package = Package("deb", "caf\udce9", "1", files=("usr/share/caf\udce9", "plain"))
    facts = BaseFacts("a", packages=(package,))
    assert decode(encode(facts), "x").packages == (package,)


def test_numbers_of_more_than_64_bits_come_back() -> None:
    facts = BaseFacts("a", compressed_size=2**80)
    assert decode(encode(facts), "x") == facts


def test_fields_of_later_versions_are_passed_over() -> None:
    content = b'{"schema": "bedplate/facts/1", "new": 1, "facts": {"name": "a", "colour": {}}}'
    assert decode(content, "x") == BaseFacts("a")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"schema": "bedplate/facts/2", "facts": {"name": "a"}}', "schema"),
        (b'{"schema": "bedplate/facts/1", "facts": {}}', "name"),
        (
            b'{"schema": "bedplate/facts/1", "facts": {"name": "a", "layers": [{"digest": 5}]}}',
            r"facts\.layers\[0\]\.digest",
        ),
        (b'{"schema": "bedplate/facts/1", "facts": {"name": "a", "user": "\\udc00', "user|Inval"),
        (b"[" * 100_000, "deep|array"),
        (b'{"schema": ' + b"[" * 100_000, "deep|array"),
        (b'{"schema": "bedplate/facts/1", "x": ' + b"[" * 100_000, "deep"),
    ],
)
def test_errors_name_the_file_and_the_field(content: bytes, said: str) -> None:
    with pytest.raises(InvalidDocument, match=said) as caught:
        decode(content, "cache/7f")
    assert caught.value.message.startswith("cache/7f: ")
    assert "\n" not in str(caught.value)


def test_what_platforms_share_is_written_once() -> None:
    rows = tuple(
        BaseFacts("a", platform=platform, user="", layers=(LayerFacts(f"sha256:{platform}"),))
        for platform in ("linux/arm64", "linux/amd64")
    )
    document = json.loads(encode_entry(Entry("scratch", (), rows)))
    assert document["common"] == {"name": "a", "user": ""}
    assert [row["platform"] for row in document["rows"]] == ["linux/amd64", "linux/arm64"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": []}, "rows"),
        ({"rows": [{"name": "a"}] * 101}, "rows"),
        ({"reference": "Node:20"}, "upper|lower"),
        ({"reference": "node:20"}, "write docker.io/library/node:20"),
        ({"aliases": ["docker.io/library/node"]}, r"aliases\[0\].*canonical"),
        ({"aliases": ["docker.io/library/node:20"] * 1001}, "aliases"),
        ({"rows": [{"name": "a"}, {"name": "a", "shells": "sh"}]}, r"rows\[1\].*shells"),
    ],
)
def test_damaged_entries_are_refused(fields: dict[str, Any], said: str) -> None:
    whole = {
        "schema": "bedplate/catalog-entry/1",
        "reference": "scratch",
        "rows": [{"name": "scratch"}],
    }
    document = whole | fields
    with pytest.raises(InvalidDocument, match=said):
        decode_entry(json.dumps(document).encode(), "x.json")
