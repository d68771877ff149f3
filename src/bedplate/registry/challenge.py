"""What a 401 asks for: the `WWW-Authenticate` header, read without trust and without I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_HEADER = 16 * 1024  # characters
_MAX_CHALLENGES = 16
_MAX_PARAMETERS = 32  # of one challenge
# RFC 9110, section 5.6.2: the characters of a token.
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TOKEN68 = _TOKEN | {"/"}


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to log in that a server offers.

    Args:
        scheme: `basic`, `bearer`, ... in lower case.
        parameters: by lower-case name; the first wins when a name is repeated.
    """

    scheme: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def parse_challenges(header: str) -> tuple[Challenge, ...]:
    """Read every challenge of a header; what is malformed is passed over.

    Repeated headers may be joined by commas, as RFC 9110, section 5.3, allows.

    Source: RFC 9110, section 11.6.1; distribution-spec, "Authentication".
    """
    scanner = _Scanner(header[:_MAX_HEADER])
    found: list[tuple[str, dict[str, str]]] = []
    while len(found) <= _MAX_CHALLENGES and scanner.skip(" \t,"):
        word = scanner.take(_TOKEN)
        if not word:
            scanner.at += 1  # not a token: step over the stray character
            continue
        value = scanner.value()
        if value is None:
            found.append((word.lower(), {}))
            scanner.token68()
        elif found and len(found[-1][1]) < _MAX_PARAMETERS:
            found[-1][1].setdefault(word.lower(), value)
    return tuple(Challenge(scheme, parameters) for scheme, parameters in found[:_MAX_CHALLENGES])


class _Scanner:
    """A cursor over the header."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self, characters: str) -> bool:
        """Step over characters; tell whether anything is left."""
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1
        return self.at < len(self.text)

    def take(self, characters: frozenset[str]) -> str:
        """Give the longest run of characters from here."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1
        return self.text[start : self.at]

    def value(self) -> str | None:
        """Give what follows `=`; None, and nothing taken, when there is no `=`."""
        start = self.at
        if not self.skip(" \t") or self.text[self.at] != "=":
            self.at = start
            return None
        self.at += 1
        self.skip(" \t")
        return self._quoted() if self.text[self.at : self.at + 1] == '"' else self._bare()

    def token68(self) -> None:
        """Step over the one opaque word that may follow a scheme (`Negotiate YII==`)."""
        start = self.at
        self.skip(" \t")
        word = self.take(_TOKEN68)
        self.take(frozenset("="))
        whole = not self.skip(" \t") or self.text[self.at] == ","
        if not word or not whole:
            self.at = start

    def _bare(self) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in " \t,":
            self.at += 1
        return self.text[start : self.at]

    def _quoted(self) -> str:
        """Read a quoted string; an unfinished one ends with the header."""
        self.at += 1
        read: list[str] = []
        while self.at < len(self.text):
            character = self.text[self.at]
            self.at += 1
            if character == '"':
                break
            if character == "\\" and self.at < len(self.text):
                character = self.text[self.at]
                self.at += 1
            read.append(character)
        return "".join(read)
