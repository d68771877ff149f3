"""Variables in words: every form, its errors and its bounds."""

from __future__ import annotations

import pytest

from bedplate.dockerfile import expand
from bedplate.errors import ExpansionError

_ENVIRONMENT = {"V": "1.2.3-slim", "E": "", "P": "a/b/c.tar.gz", "S": "two  words", "W": "*"}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("plain", "plain"),
        ("$V", "1.2.3-slim"),
        ("x${V}y", "x1.2.3-slimy"),
        ("$V_x$", "$"),
        ("${V:-d}", "1.2.3-slim"),
        ("${E:-d}${E-d}${N:-d}${N-d}", "ddd"),
        ("${V:+a}${E:+a}${E+b}${N+c}", "ab"),
        ("${V:?no}", "1.2.3-slim"),
        ("${E?no}", ""),
        ("${P#*/}", "b/c.tar.gz"),
        ("${P##*/}", "c.tar.gz"),
        ("${P%.*}", "a/b/c.tar"),
        ("${P%%.*}", "a/b/c"),
        ("${P#x}${P%x}", "a/b/c.tar.gza/b/c.tar.gz"),
        ("${V#?.}", "2.3-slim"),
        ("${P/\\//-}", "a-b/c.tar.gz"),
        ("${P//\\//-}", "a-b-c.tar.gz"),
        ("${P/b*/x}", "a/x"),
        ("${V//?/x}", "xxxxxxxxxx"),
        ("${V%$N}", "1.2.3-slim"),
        ("${W/\\*/star}", "star"),
        ("${N/a/b}", ""),
        ("${N:-${E:-${V}}}", "1.2.3-slim"),
        ("'$V'", "$V"),
        ('"$V\'s"', "1.2.3-slim's"),
        ("\\$V", "$V"),
        ('"\\$V\\x"', "$V\\x"),
        ("a\\", "a"),
        ('""', ""),
    ],
)
def test_forms(word: str, text: str) -> None:
    assert expand(word, _ENVIRONMENT).text == text


def test_backtick_escapes() -> None:
    assert expand("`$V\\$V", _ENVIRONMENT, escape="`").text == "$V\\1.2.3-slim"


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("a  b", ("a", "b")),
        ("$S", ("two", "words")),
        ('"$S"', ("two  words",)),
        ("x$S'y z'", ("xtwo", "wordsy z")),
        ("a\\ b", ("a b",)),
        ("  ", ()),
        ('${N:-"a b"}', ("a", "b")),
    ],
)
def test_words(word: str, words: tuple[str, ...]) -> None:
    assert expand(word, _ENVIRONMENT).words == words


@pytest.mark.parametrize(
    "word",
    [
        *("${", "${}", "${V", "${:x}", "${{V}}", "${V:}", "${V!x}", "${V:#x}", "${V:-x"),
        *("'a", '"a', '"${V"', "${V/a}", "${V/a/b", "${V#\\x}", "${V/\\a/b}"),
        *("${N?}", "${N:?why}", "${E:?}"),
    ],
)
def test_refused_forms(word: str) -> None:
    with pytest.raises(ExpansionError):
        expand(word, _ENVIRONMENT)


def test_message_of_a_required_variable_is_shown() -> None:
    with pytest.raises(ExpansionError, match="N: set the version"):
        expand("${N:?set the version}", _ENVIRONMENT)


def test_used_and_unset_names_are_told() -> None:
    expansion = expand("$V${A:-$B}", _ENVIRONMENT)
    assert expansion.used == {"V"}
    assert expansion.unset == {"A", "B"}


def test_bomb_is_refused_early() -> None:
    environment = {"A": "x" * 20_000}
    with pytest.raises(ExpansionError, match="too many characters"):
        expand("$A" * 10_000, environment)
    with pytest.raises(ExpansionError, match="too many characters"):
        expand("${A//x/yyyyyyyyyy}", environment)
    with pytest.raises(ExpansionError, match="nested too deeply"):
        expand("${N:-" * 1_000 + "}" * 1_000, {})


def test_many_stars_take_no_time() -> None:
    environment = {"A": "a" * 50_000}
    assert expand("${A##" + "*a" * 50 + "*b}", environment).text == "a" * 50_000
    assert expand("${A%%b" + "*a" * 50 + "}", environment).text == "a" * 50_000
