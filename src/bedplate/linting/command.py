"""A simple command of a shell text."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One word after quotes are taken off.

    Args:
        text: as the command gets it, but for expansions.
        start: offset of its first character in the text that was read.
        end: offset after its last character.
        literal: whether it has no expansion outside single quotes.
    """

    text: str
    start: int
    end: int
    literal: bool = True


class Command:
    """A simple command.

    Args:
        name: its first word.
        words: the others.
        settings: assignments in front of it.

    `piped` tells whether what it writes goes to another command.
    """

    __slots__ = ("args", "end", "name", "piped", "settings", "start", "words")

    def __init__(self, words: list[Word], settings: dict[str, str]) -> None:
        self.name = words[0].text if words else ""
        self.words = words[1:]
        self.args = [word.text for word in self.words]
        self.settings = settings
        self.piped = False
        self.start = words[0].start if words else 0
        self.end = words[-1].end if words else 0

    def has(self, *flags: str) -> bool:
        """Tell whether one of the flags is there, as `y` in `-fmy` or `yes` in `--yes`."""
        return not self.flags.isdisjoint(flags)

    @property
    def flags(self) -> frozenset[str]:
        """Names of all flags: letters after one dash, words after two, without values."""
        found: list[str] = []
        for text in self.args:
            if text[:2] == "--":
                found.append(text[2:].partition("=")[0])
            elif text[:1] == "-":
                found += text[1:].partition("=")[0]
        return frozenset(found)

    def operands(self, *, values_of: frozenset[str] = frozenset()) -> list[Word]:
        """Give the words that are not flags.

        Args:
            values_of: flags, without dashes, whose next word is their value.
        """
        found: list[Word] = []
        skip = False
        for word in self.words:
            text = word.text
            if text[:1] == "-":
                skip = "=" not in text and text.lstrip("-") in values_of
            elif skip:
                skip = False
            else:
                found.append(word)
        return found
