"""For any text: it comes back, nothing but our own errors, and edits change their spans alone."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.dockerfile import Build, Instruction, expand, parse, rewrite
from bedplate.errors import BedplateError
from bedplate.model.image_use import ImageUse
from bedplate.model.span import Span

_PIECES = st.sampled_from(
    [
        *("FROM ", "RUN ", "COPY ", "ARG ", "ENV ", "ONBUILD ", "HEALTHCHECK ", "CMD ", "LABEL "),
        *("a", "b:1", "@sha256:00", "=", "$a", "${a", ":-", "}", "#", "%", "/", "*", "?", "--"),
        *("from=", "mount=", "platform=", "\\", "`", "'", '"', "[", "]", ",", "<<", "-", "E", " "),
        *("\t", "\n", "\r\n", "\ufeff", "# escape=`", "# syntax=x", "AS ", "\u2028", "\x1c", "ä"),
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join))


@settings(deadline=None)
@given(_TEXTS)
def test_text_comes_back(text: str) -> None:
    with contextlib.suppress(BedplateError):
        assert str(parse(text)) == text


@settings(deadline=None)
@given(st.one_of(st.binary(), _TEXTS.map(str.encode)))
def test_bytes_come_back(source: bytes) -> None:
    with contextlib.suppress(BedplateError):
        assert bytes(parse(source)) == source


@settings(deadline=None)
@given(_TEXTS)
def test_everything_stands_where_it_says(text: str) -> None:
    with contextlib.suppress(BedplateError):
        parsed = parse("FROM x\n" + text)
        source = str(parsed)
        for instruction in parsed.instructions:
            _check_places(instruction, source)
        before = 0
        for instruction in parsed.instructions:
            assert before <= instruction.span.start <= instruction.span.end <= len(source)
            assert parsed.position(instruction.span.start)[0] >= instruction.line
            before = instruction.span.end
        assert all(source[one.span.start] == "#" for one in parsed.comments)
        assert parsed.problems is not None


def _check_places(instruction: Instruction, source: str) -> None:
    simple = "\n" not in instruction.value_span.of(source)
    if simple:
        assert instruction.value_span.of(source) == instruction.value
        if not instruction.json:
            for word in instruction.arguments:
                assert word.span.of(source) == word.text
        for pair in instruction.pairs:
            if pair.value_span:
                assert pair.value_span.of(source) == pair.value
    for heredoc in instruction.heredocs:
        assert heredoc.span.of(source) == heredoc.content


@settings(deadline=None)
@given(_TEXTS, st.sampled_from([None, "0", "a"]))
def test_images_stand_where_they_say(text: str, target: str | None) -> None:
    with contextlib.suppress(BedplateError):
        parsed = parse("ARG a=b:1\nFROM $a AS a\n" + text)
        for use in parsed.images(Build(target=target)):
            if isinstance(use, ImageUse):
                for part, span in (
                    (use.name, use.name_span),
                    (use.tag, use.tag_span),
                    (use.digest, use.digest_span),
                ):
                    assert span is None or span.of(str(parsed)) == part


@settings(deadline=None)
@given(_TEXTS, st.dictionaries(st.sampled_from("abc"), st.text(max_size=8)))
def test_expansion_gives_its_own_errors_only(word: str, environment: dict[str, str]) -> None:
    with contextlib.suppress(BedplateError):
        expansion = expand(word, environment)
        assert "".join(one.text for one in expansion.fragments) == expansion.text


@settings(deadline=None)
@given(st.text(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.text())))
def test_edit_changes_its_span_alone(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, end = [], 0
    for gap, size, new in wanted:
        if end + gap + size > len(text):
            break
        edits.append((Span(end + gap, end + gap + size), new))
        end += gap + size + 1
    changed = rewrite(text, edits)
    kept = [text[a.end : b.start] for a, b in zip(*_bounds(edits, len(text)), strict=True)]
    position = 0
    for piece, (_, new) in zip(kept, [*edits, (None, "")], strict=True):
        assert changed[position : position + len(piece) + len(new)] == piece + new
        position += len(piece) + len(new)
    assert position == len(changed)


def _bounds(edits: list[tuple[Span, str]], size: int) -> tuple[list[Span], list[Span]]:
    spans = [span for span, _ in edits]
    return [Span(0, 0), *spans], [*spans, Span(size, size)]


def test_same_edit_twice_is_one() -> None:
    assert rewrite("abc", [(Span(1, 2), "x"), (Span(1, 2), "x")]) == "axc"


@pytest.mark.parametrize("spans", [[Span(0, 2), Span(1, 3)], [Span(2, 9)], [Span(2, 1)]])
def test_edits_that_overlap_or_leave_the_text_are_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        rewrite("abc", [(span, "") for span in spans])
