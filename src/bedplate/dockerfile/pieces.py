"""Pieces of an expanded word, and how they make words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.white_space import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.dockerfile.value import Fragment

_BREAK = re.compile(rf"[{SPACES}]+")


class Piece(NamedTuple):
    """A piece of the result.

    Args:
        fragment: text and origin.
        raw: quoted or escaped: its white space cuts no words.
    """

    fragment: Fragment
    raw: bool


def text_of(pieces: list[Piece]) -> str:
    """Join the texts."""
    return "".join([piece.fragment.text for piece in pieces])


def unprotected(pieces: list[Piece]) -> list[Piece]:
    """Give the word of a `${...}`: quotes in it no longer protect white space."""
    return [Piece(piece.fragment, raw=False) for piece in pieces]


def cut_words(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Cut at white space that is not quoted; an empty word is none, quoted or not."""
    words: list[str] = []
    word = ""
    for piece in pieces:
        text = piece.fragment.text
        if piece.raw:
            word += text
            continue
        inside = False
        for part in _BREAK.split(text):
            if inside and word:
                words.append(word)
                word = ""
            word += part
            inside = True
    if word:
        words.append(word)
    return tuple(words)
