"""The simple commands of a shell text: what a RUN line runs, and with which words.

Follows the token recognition and the grammar of POSIX (XCU 2.3, 2.10) as far as rules need it:
lists, pipelines, groups, compound commands, functions, here-documents and command substitutions
are looked into; nothing is expanded, so `$X` stays `$X`. Dockerfile continuations are blanks.
"""

from __future__ import annotations

import re

from bedplate.linting.command import Command, Word

_MAX_DEPTH = 20
_TOKEN = re.compile(
    r"""
    (?P<gap>(?:[ \t\r]+|\\[ \t]*\r?\n(?:[ \t]*(?:\#[^\n]*)?\r?\n)*)+)
  | (?P<redirect>[0-9]*(?:<<<|<<-?|>>|<>|>\||[<>]&|&>>?|[<>]))
  | (?P<operator>\n|;;&|;;|;&|;|&&|\|\||\|&|\||&|\(|\))
  | (?P<comment>\#[^\n]*)
    """,
    re.VERBOSE,
)
_CONTINUATION = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*(?:\#[^\n]*)?\r?\n)*[ \t]*")
_PLAIN = re.compile(r"""[^\s'"\\$`;&|<>()]+""")
_NAME = re.compile(r"\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
# After these the next word is a command again.
_OPENERS = frozenset(
    [
        "if",
        "then",
        "elif",
        "else",
        "while",
        "until",
        "do",
        "!",
        "{",
        "time",
        "exec",
        "command",
        "builtin",
    ]
)
_CLOSERS = frozenset(("fi", "done", "esac", "}"))


def parse_commands(text: str, base: int = 0) -> list[Command]:
    """Find the simple commands of a shell text, those of substitutions too.

    Args:
        text: a script, or the value of a RUN instruction with its continuations.
        base: added to every offset.

    Returns:
        the commands, each before those that its own words substitute. What is deeper than 20
        substitutions is left out.
    """
    found: list[Command] = []
    _Reader(text, base, found, 0).read()
    return found


class _Reader:
    """Goes once over a text."""

    def __init__(self, text: str, base: int, found: list[Command], depth: int) -> None:
        self.text, self.base, self.found, self.depth = text, base, found, depth
        self.words: list[Word] = []
        self.settings: dict[str, str] = {}
        self.inner: list[tuple[int, int]] = []
        self.delimiters: list[str] = []
        self.patterns = self.skip_word = self.case = 0

    def read(self) -> None:
        at, end, text = 0, len(self.text), self.text
        while at < end:
            token = _TOKEN.match(text, at)
            if token is None or (token.lastgroup == "comment" and self._inside_word(at)):
                at = self._word(at)
                continue
            kind = token.lastgroup
            at = token.end()
            if kind == "operator":
                at = self._operator(token.group(), at)
            elif kind == "redirect":
                self.skip_word = 2 if token.group().endswith(("<<", "<<-")) else 1
        self._close()

    def _inside_word(self, at: int) -> bool:
        return at > 0 and self.text[at - 1] not in " \t\r\n;&|()"

    def _in_condition(self) -> bool:
        """Tell whether `[[` is open: what stands in it is a pattern or a comparison."""
        return bool(self.words) and self.words[0].text == "[[" and self.words[-1].text != "]]"

    def _operator(self, operator: str, at: int) -> int:
        if operator not in ("\n", ";") and self._in_condition():
            return at
        if self.patterns and operator == ")":
            self.patterns, self.words = 0, []
            return at
        if self.patterns and operator in ("|", "("):
            return at
        if operator == "(" and len(self.words) == 1 and self.text[at : at + 1] == ")":
            self.words = []  # a function: its body is a command like any other
            return at + 1
        self._close()
        if operator in ("|", "|&") and self.found:
            self.found[-1].piped = True
        if operator in (";;", ";&", ";;&") and self.case:
            self.patterns = 1
        if operator == "\n" and self.delimiters:
            at = self._skip_documents(at)
        return at

    def _skip_documents(self, at: int) -> int:
        for delimiter in self.delimiters:
            for line in re.finditer(r"([^\n]*)(?:\n|$)", self.text[at:]):
                if line.group(1).strip() == delimiter or not line.group():
                    at += line.end()
                    break
        self.delimiters = []
        return at

    def _word(self, at: int) -> int:
        start = at
        text, at, literal = self._scan(at)
        if at == start:  # a stray character, as a lone backslash at the end
            return at + 1
        if self.skip_word:
            if self.skip_word == 2:
                self.delimiters.append(text)
            self.skip_word = 0
            return at
        if not self.words and not self.patterns and self._is_prefix(text, literal=literal):
            return at
        if self.patterns and text == "esac":
            self.patterns, self.case, self.words = 0, max(self.case - 1, 0), []
            return at
        self.words.append(Word(text, start + self.base, at + self.base, literal))
        if text == "in" and len(self.words) == 3 and self.words[0].text == "case":
            self.words, self.patterns, self.case = [], 1, self.case + 1
        return at

    def _is_prefix(self, text: str, *, literal: bool) -> bool:
        """Take what may stand before the name of a command: reserved words, assignments."""
        if literal and text in _OPENERS:
            return True
        if literal and text in _CLOSERS:
            self.case -= text == "esac" and self.case > 0
            return True
        match = _ASSIGNMENT.fullmatch(text) if "=" in text else None
        if match:
            self.settings[match.group(1)] = match.group(2)
        return match is not None

    def _close(self) -> None:
        """End a command, and read what its words substitute."""
        words, self.words = self.words, []
        settings, self.settings = self.settings, {}
        if words and words[0].text == "for" and words[0].literal:
            words = []
        if words or settings:
            self.found.append(Command(words, settings))
        inner, self.inner = self.inner, []
        self.skip_word = 0
        if self.depth < _MAX_DEPTH:
            for start, end in inner:
                text = self.text[start:end]
                _Reader(text, self.base + start, self.found, self.depth + 1).read()

    def _scan(self, at: int) -> tuple[str, int, bool]:
        """Read one word: its text, where it ends, and whether it is literal."""
        text, end = self.text, len(self.text)
        parts: list[str] = []
        literal = True
        while at < end:
            if plain := _PLAIN.match(text, at):
                parts.append(plain.group())
                at = plain.end()
                continue
            mark = text[at]
            if mark == "'":
                stop = text.find("'", at + 1)
                stop = end if stop < 0 else stop
                parts.append(text[at + 1 : stop])
                at = stop + 1
            elif mark == '"':
                part, at, plain_part = self._double_quoted(at + 1)
                parts.append(part)
                literal = literal and plain_part
            elif mark == "\\":
                if joined := _CONTINUATION.match(text, at):
                    if joined.group()[-1:] in " \t":
                        break  # the next line is indented: a new word
                    at = joined.end()
                    continue
                parts.append(text[at + 1 : at + 2])
                at += 2
            elif mark in "$`":
                part, at = self._expansion(at)
                parts.append(part)
                literal = False
            else:
                break
        return "".join(parts), min(at, end), literal

    def _double_quoted(self, at: int) -> tuple[str, int, bool]:
        text, end = self.text, len(self.text)
        parts: list[str] = []
        literal = True
        while at < end and text[at] != '"':
            mark = text[at]
            if mark == "\\":
                joined = _CONTINUATION.match(text, at)
                if joined:
                    at = joined.end()
                    continue
                following = text[at + 1 : at + 2]
                parts.append(following if following in '$`"\\' else mark + following)
                at += 2
            elif mark in "$`":
                part, at = self._expansion(at)
                parts.append(part)
                literal = False
            else:
                stop = at + 1
                while stop < end and text[stop] not in '"\\$`':
                    stop += 1
                parts.append(text[at:stop])
                at = stop
        return "".join(parts), at + 1, literal

    def _expansion(self, at: int) -> tuple[str, int]:
        """Read what starts with a dollar or a backquote; note the commands in it."""
        text = self.text
        if text[at] == "`":
            stop = text.find("`", at + 1)
            stop = len(text) if stop < 0 else stop
            self.inner.append((at + 1, stop))
            return text[at : stop + 1], stop + 1
        if name := _NAME.match(text, at):
            return name.group(), name.end()
        opening = text[at + 1 : at + 2]
        if opening not in ("(", "{"):
            return "$", at + 1
        stop = _balanced(text, at + 1)
        if opening == "(" and text[at + 2 : at + 3] != "(":
            self.inner.append((at + 2, stop - 1))
        return text[at:stop], stop


_BRACKETS = re.compile(r"""\\.|'[^']*'|"(?:\\.|[^"\\])*"|[(){}]""", re.DOTALL)


def _balanced(text: str, at: int) -> int:
    """Find the end of what a bracket at `at` opens; the end of the text when it is not closed."""
    opening = text[at]
    closing = ")" if opening == "(" else "}"
    depth = 0
    for match in _BRACKETS.finditer(text, at):
        mark = match.group()
        depth += (mark == opening) - (mark == closing)
        if depth == 0:
            return match.end()
    return len(text)
