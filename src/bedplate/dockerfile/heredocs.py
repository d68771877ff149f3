"""Here-documents that a line announces: `RUN <<EOF`, `COPY <<-"A" <<B /x/`.

Source: BuildKit, frontend/dockerfile/parser/parser.go (heredocsFromLine) and shell/lex.go:
white space may stand behind `<<` but not behind `<<-`, and any quote in the name turns the
expansion of variables off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.expansion import expand
from bedplate.dockerfile.lexer_options import Options
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.white_space import SPACES
from bedplate.errors import ExpansionError

if TYPE_CHECKING:
    from bedplate.dockerfile.arguments import Parts

_ANNOUNCED = re.compile(rf"(\d*)<<(-?+)[{SPACES}]*+([^<]+)", re.DOTALL | re.ASCII)
_TAKERS = frozenset(("ADD", "COPY", "RUN"))
_AS_WRITTEN = Options(raw_quotes=True, raw_escapes=True, keep_unset=True)
MAX_HEREDOCS = 1 << 10
_MAX_DESCRIPTOR_DIGITS = 9


class Announced(NamedTuple):
    """What a line says of a here-document; see `Heredoc`."""

    name: str
    descriptor: int
    expand: bool
    chomp: bool


def announced(parts: Parts, text: str) -> tuple[Announced, ...]:
    """Find the here-documents that an instruction announces.

    Args:
        parts: the instruction.
        text: its logical line.

    Raises:
        Malformed: there are more than anyone needs.
    """
    taker = parts.nested or parts
    if taker.keyword not in _TAKERS or taker.json or "<<" not in text:
        return ()
    if text.count("<<") > MAX_HEREDOCS:
        hint = f"bedplate reads {MAX_HEREDOCS}"
        raise Malformed("too many here-documents in one instruction", hint)
    try:
        words = expand(text, {}, options=_AS_WRITTEN).words
    except ExpansionError:
        return ()  # unbalanced quotes: BuildKit finds none either
    found = [read_announced(word) for word in words if "<<" in word]
    return tuple([one for one in found if one is not None])


def read_announced(word: str) -> Announced | None:
    """Read one word; None when it announces nothing."""
    match = _ANNOUNCED.fullmatch(word)
    if match is None:
        return None
    try:
        names = expand(match[3], {}, options=Options(keep_unset=True)).words
        raw_names = expand(match[3], {}, options=Options(raw_quotes=True, keep_unset=True)).words
    except ExpansionError:
        return None
    if len(names) != 1 or len(raw_names) != 1:
        return None
    descriptor = int(match[1] or 0) if len(match[1]) <= _MAX_DESCRIPTOR_DIGITS else 0
    quoted = _quotes(names[0]) != _quotes(raw_names[0])
    return Announced(names[0], descriptor, not quoted, bool(match[2]))


def _quotes(text: str) -> int:
    return text.count("'") + text.count('"')
