"""JSON, TOML and YAML documents from outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument, LimitExceeded
from bedplate.inventory import lock_text
from bedplate.inventory.json_document import json_document, relaxed_json_document
from bedplate.inventory.source_url import git_source, source_of, without_credentials
from bedplate.inventory.toml_document import toml_document
from bedplate.inventory.yaml_document import yaml_documents

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=6), VALUES, max_size=4)


@given(OBJECTS)
def test_relaxed_json_reads_strict_json_as_it_is(value: dict[str, Any]) -> None:
    source = json.dumps(value).encode()
    assert relaxed_json_document("f", source) == value
    assert json_document("f", source) == value


@given(OBJECTS)
def test_comments_and_trailing_commas_change_nothing(value: dict[str, Any]) -> None:
    source = json.dumps(value, indent=1, ensure_ascii=False)
    lines = source.split("\n")
    relaxed = "\n".join(
        f'{line} // {{ " ,]' if line.endswith((",", "{", "[", "}", "]")) else line for line in lines
    )
    closed = relaxed.rpartition("}")
    if value:
        relaxed = f"{closed[0]}, /* , */ }}{closed[2]}"
    assert relaxed_json_document("f", relaxed.encode()) == value


@pytest.mark.parametrize(
    "read", [json_document, relaxed_json_document, toml_document, yaml_documents]
)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    read: Callable[[str, bytes], object], content: bytes
) -> None:
    refused = ""
    try:
        read("name-of-file", content)
    except BadInput as error:
        refused = error.message
    assert not refused or refused.startswith("name-of-file: ")
    assert "\n" not in refused


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (json_document, b"[" * 200_000),
        (json_document, b'{"a":' * 200_000),
        (toml_document, b"a = " + b"[" * 50_000),
        (toml_document, b"a" + b".a" * 50_000 + b" = 1"),
        (toml_document, b"[" + b"'a' . " * 50_000 + b"a]"),
        (yaml_documents, b"- " * 50_000),
        (yaml_documents, b"[" * 50_000),
        (yaml_documents, b"a: &a [1]\nb: [*a, *a]"),
        (yaml_documents, b"? {a: b}\n: c"),
    ],
)
def test_documents_that_would_cost_too_much_are_refused(
    read: Callable[[str, bytes], object], content: bytes
) -> None:
    with pytest.raises(InvalidDocument, match="file"):
        read("file", content)


def test_unclosed_strings_and_comments_cost_one_pass() -> None:
    for hostile in (b'"' + b'\\"' * 300_000 + b"\\", b"/*" * 300_000, b", " * 300_000):
        with pytest.raises(InvalidDocument):
            relaxed_json_document("file", hostile)


def test_ordinary_dotted_keys_are_fine() -> None:
    assert toml_document("f", b"[a.b.'c.d'.e]\nf.g = 'x.y.z'\n") == {
        "a": {"b": {"c.d": {"e": {"f": {"g": "x.y.z"}}}}}
    }


def test_yaml_keeps_text_as_text() -> None:
    assert yaml_documents("f", b"a: 1.10\nb: yes\nc: null\n? d\n: [x, {y: z}]\n---\n- 1\n") == [
        {"a": "1.10", "b": "yes", "c": "null", "d": ["x", {"y": "z"}]},
        ["1"],
    ]


def test_yaml_errors_name_the_line() -> None:
    with pytest.raises(InvalidDocument, match="line 2"):
        yaml_documents("f", b"a: b\n\tc: d\n")


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_text, "MAX_BYTES", 10)
    with pytest.raises(LimitExceeded, match="file"):
        lock_text.decode("file", b" " * 11)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:secret@host.example/x", "https://host.example/x"),
        ("https://token@host.example/x", "https://host.example/x"),
        ("ssh://git@host.example/x", "ssh://git@host.example/x"),
        ("git@host.example:o/r.git", "git@host.example:o/r.git"),
        ("https://[broken/x", ""),
    ],
)
def test_credentials_are_never_kept(url: str, expected: str) -> None:
    assert without_credentials(url) == expected


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("git+https://h.example/o/r.git#abc", {"vcs_url": "git+https://h.example/o/r.git@abc"}),
        ("git://h.example/r#abc", {"vcs_url": "git://h.example/r@abc"}),
        ("https://h.example/r.git#commit=abc", {"vcs_url": "git+https://h.example/r.git@abc"}),
        ("gitlab:o/r", {"vcs_url": "git+https://gitlab.com/o/r"}),
        ("https://u:p@h.example/a.tgz#x", {"download_url": "https://h.example/a.tgz"}),
        ("file:../a", {}),
        ("", {}),
    ],
)
def test_sources_of_packages(specifier: str, expected: dict[str, str]) -> None:
    assert source_of(specifier) == expected


@given(st.text(max_size=60))
def test_any_specifier_is_read(specifier: str) -> None:
    assert set(source_of(specifier)) <= {"vcs_url", "download_url"}
    assert set(git_source(specifier, "abc")) <= {"vcs_url"}
