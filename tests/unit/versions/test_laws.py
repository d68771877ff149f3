"""What holds for any versions of any scheme."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bedplate import versions
from bedplate.errors import InvalidVersion
from bedplate.versions.keys import MAX_LENGTH
from bedplate.versions.schemes import SCHEMES

_NUMBERS = ("0", "00", "1", "01", "2", "10", "9" * 30)
_WORDS = ("a", "b", "alpha", "beta", "rc", "dev", "final", "sp", "p", "x", "foo", "Z", "post")
_SIGNS = (".", ".", "-", "-r", "_", "~", "^", "+", ":", "..", "_git", "_rc", "!", "*")
_PIECES = st.sampled_from(_NUMBERS + _WORDS + _SIGNS)
_RANGE_PIECES = st.sampled_from(
    (*_NUMBERS, *_SIGNS, "<", ">", "=", "!=", "~>", "^", ",", "|", "||", " ", "[", ")", "x", " - ")
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Draw a text that many schemes take for a version."""
    first = draw(st.sampled_from(_NUMBERS))
    return first + "".join(draw(st.lists(_PIECES, max_size=6)))


@st.composite
def _relatives(draw: st.DrawFn) -> list[str]:
    """Draw three texts that have a beginning in common."""
    stem = draw(_texts())
    ends = st.lists(_PIECES, max_size=3).map("".join)
    return [stem + draw(ends) for _ in range(3)]


def _is_version(scheme: str, text: str) -> bool:
    try:
        versions.key(scheme, text)
    except InvalidVersion:
        return False
    return True


@pytest.mark.parametrize("scheme", SCHEMES)
@given(texts=_relatives() | st.lists(_texts(), min_size=3, max_size=3))
def test_any_three_versions_have_one_order(scheme: str, texts: list[str]) -> None:
    known = [text for text in texts if _is_version(scheme, text)]
    assume(len(known) > 1)
    for a, b in permutations(known, 2):
        assert versions.compare(scheme, a, b) == -versions.compare(scheme, b, a)
        same = versions.key(scheme, a) == versions.key(scheme, b)
        assert same == (versions.compare(scheme, a, b) == 0)
        assert not same or hash(versions.key(scheme, a)) == hash(versions.key(scheme, b))
    for order in permutations(known):
        if all(versions.compare(scheme, a, b) <= 0 for a, b in pairwise(order)):
            assert versions.compare(scheme, order[0], order[-1]) <= 0


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=st.text(max_size=60))
def test_any_text_has_a_place_or_is_refused(scheme: str, text: str) -> None:
    if _is_version(scheme, text):
        assert versions.compare(scheme, text, text) == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=st.text(max_size=40) | st.lists(_RANGE_PIECES, max_size=8).map("".join))
def test_any_text_is_a_range_or_is_refused(scheme: str, text: str) -> None:
    try:
        answer = versions.in_range(scheme, "1.0.0", text)
    except InvalidVersion:
        return
    assert answer in (True, False)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", ["1" * 1_000_000, "9" * 10_000, "1." * 50_000 + "1"])
def test_what_is_too_long_is_refused(scheme: str, text: str) -> None:
    with pytest.raises(InvalidVersion, match="longer than a version can be"):
        versions.key(scheme, text)
    with pytest.raises(InvalidVersion):
        versions.in_range(scheme, "1", text)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_longest_numbers_are_compared(scheme: str) -> None:
    lower, higher = "8" + "9" * (MAX_LENGTH - 1), "9" * MAX_LENGTH
    assert versions.compare(scheme, lower, higher) == -1
    assert versions.compare(scheme, "1" + ".1" * 499, "1" + ".1" * 498 + ".2") == -1
