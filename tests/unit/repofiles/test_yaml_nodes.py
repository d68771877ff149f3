"""YAML is read with the place of every character, and never at more cost than its size."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.repofiles import yaml_nodes as module
from bedplate.repofiles.nodes import Mapping, Node, Scalar, Sequence
from bedplate.repofiles.yaml_nodes import yaml_nodes


def _scalar(text: str) -> Scalar:
    (root,) = yaml_nodes("x", text)
    assert isinstance(root, Mapping)
    value = root.scalar("k")
    assert value is not None
    return value


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x1F9FF), max_size=30),
    st.sampled_from([None, "'", '"', "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_places_of_a_scalar_are_those_of_its_characters(value: str, style: str, end: str) -> None:
    dumped = yaml.dump({"k": value}, default_style=style, allow_unicode=True, width=20)
    text = "\ufeff# 🙂\n" + dumped.replace("\n", end)
    scalar = _scalar(text)
    assert scalar.value == value
    located = scalar.located()
    if located is None:
        return
    assert located.text in (value, value.strip())
    for character, start, stop in zip(located.text, located.starts, located.ends, strict=True):
        source = text[start:stop]
        assert source == character or source[0] in "\\\r\n'" or (character == " ")


@pytest.mark.parametrize(
    ("text", "value", "sources"),
    [
        ('k: "a\\x41b"', "aAb", ["a", "\\x41", "b"]),
        ("k: 'a''b'", "a'b", ["a", "''", "b"]),
        ('k: "a\\\n   b"', "ab", ["a", "b"]),
        ("k: |\n  a\n   b\n", "a\n b\n", ["a", "\n", " ", "b", "\n"]),
        ("k: >-\r\n  ab\r\n", "ab", ["a", "b"]),
    ],
)
def test_escapes_and_folds_keep_their_places(text: str, value: str, sources: list[str]) -> None:
    located = _scalar(text).located()
    assert located is not None
    assert located.text == value
    places = zip(located.starts, located.ends, strict=True)
    assert [text[start:end] for start, end in places] == sources


def test_value_that_is_folded_from_lines_has_no_places() -> None:
    assert _scalar("k: a\n   b\n").located() is None
    assert _scalar("k: >\n  a\n  b\n").located() is None


def test_part_that_goes_over_a_fold_has_no_span() -> None:
    located = _scalar('k: "a\\\n  b"').located()
    assert located is not None
    assert located.span() is None
    assert located.outline() == (4, 10)


def test_alias_is_the_node_of_its_anchor() -> None:
    (root,) = yaml_nodes("x", "a: &a {b: c}\nd: *a\ne: *unknown\n")
    assert isinstance(root, Mapping)
    assert root.get("a") is root.get("d")
    unknown: Node | None = root.get("e")
    assert isinstance(unknown, Sequence)
    assert unknown.items == []


def test_anchor_counts_in_its_document_alone() -> None:
    first, second = yaml_nodes("x", "a: &a {b: c}\n---\nd: *a\n")
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    assert second.get("d") is not first.get("a")


def test_error_names_the_line() -> None:
    with pytest.raises(InvalidDocument, match=r"^x: not YAML at line 2$"):
        yaml_nodes("x", "a: b\nc: d: e\n")


def test_more_nodes_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NODES", 10)
    with pytest.raises(LimitExceeded, match="more than 10 YAML nodes"):
        yaml_nodes("x", "[a, b, c, d, e, f, g, h, i, j]")


def test_undecodable_bytes_do_not_shift_places() -> None:
    text = b"# \xff\nk: v".decode("utf-8", "surrogateescape")
    assert _scalar(text).span == (text.index("v"), len(text))
