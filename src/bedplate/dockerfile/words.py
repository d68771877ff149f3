"""Words of a value: cut at white space, or as a shell would with quotes kept."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.dockerfile.instruction import Word
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.white_space import SPACES, WORD_BREAKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile.logical_line import LogicalLine

MAX_WORDS = 1 << 16  # of one instruction: each costs a hundred times its own size
_WORD = re.compile(rf"[^{WORD_BREAKS}]+")


def _shell_word(escape: str) -> re.Pattern[str]:
    """Compile a shell word: plain, escaped and quoted pieces; possessive, so linear.

    A quote that is not closed reaches to the end, as does an escape without a character.
    """
    mark = re.escape(escape)
    return re.compile(
        rf"(?:[^{SPACES}'\"{mark}]++|{mark}(?:.|\Z)"
        rf'|"(?:[^"{mark}]++|{mark}(?:.|\Z))*+(?:"|\Z)'
        rf"|'[^']*+(?:'|\Z))++",
        re.DOTALL,
    )


_SHELL_WORDS = {escape: _shell_word(escape) for escape in "\\`"}


def plain_words(line: LogicalLine, start: int, end: int) -> tuple[Word, ...]:
    """Cut a value at white space."""
    found = first_words(_WORD.finditer(line.text, start, end), line, start)
    return tuple([Word(match.group(), line.span(*match.span())) for match in found])


def shell_words(line: LogicalLine, start: int, end: int, escape: str) -> tuple[Word, ...]:
    """Cut a value as a shell would, and keep quotes and escapes in the words."""
    text = line.text
    words: list[Word] = []
    for match in first_words(_SHELL_WORDS[escape].finditer(text, start, end), line, start):
        word = match.group()
        if match.end() == end and word.endswith(escape):
            word = _without_loose_escape(word, escape)
            if not word:
                continue
        words.append(Word(word, line.span(match.start(), match.start() + len(word))))
    return tuple(words)


def first_words(
    found: Iterator[re.Match[str]], line: LogicalLine, start: int
) -> list[re.Match[str]]:
    """Take the matches that are words of one instruction.

    Raises:
        Malformed: there are more than anyone needs.
    """
    matches = list(islice(found, MAX_WORDS + 1))
    if len(matches) > MAX_WORDS:
        hint = f"bedplate reads {MAX_WORDS}"
        raise Malformed("too many words in one instruction", hint, line.at(start))
    return matches


def _without_loose_escape(word: str, escape: str) -> str:
    """Take the last character off a word when it is an escape with nothing to escape."""
    quote = ""
    position = 0
    while position < len(word):
        character = word[position]
        if character == escape and quote != "'":
            if position + 1 == len(word):
                return word[:-1]
            position += 1
        elif character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        position += 1
    return word
