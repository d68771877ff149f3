"""Strings of an HCL file: enough to know which attribute of which block each is the value of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.repofiles.located import Located

if TYPE_CHECKING:
    from collections.abc import Iterator

# Without the closing quote, so that a string that is not closed costs one pass, not one for
# every quote in it.
_OPEN = r'"(?:[^"\\\n$]|\\.|\$\{[^}\n]{0,60}+\}|\$)*+'
_STRING = rf'{_OPEN}"'
_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*|//[^\n]*|/\*(?:.*?\*/|.*))"
    r"|(?:(?P<holder>[\w.-]++)[ \t]*+=[ \t]*+)?<<-?(?P<mark>[A-Za-z_]\w*)[ \t]*\r?\n"
    rf'|(?P<key>[A-Za-z_][\w.-]*+|"[^"\\\n$]*+")[ \t]*+[=:][ \t]*+(?P<value>{_STRING})'
    rf"|(?P<block>[A-Za-z_][\w-]*+(?:[ \t]++{_STRING})*+)[ \t]*+(?:[=:][ \t]*+)?\{{"
    rf"|(?P<string>{_STRING})"
    rf"|{_OPEN}"
    r"|[\w.-]++"
    r"|(?P<sign>[{}])",
    re.DOTALL,
)
_CHARACTER = re.compile(r"\\.|.", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


class HclString(NamedTuple):
    """A string in a file.

    Args:
        blocks: headers of the blocks around it, the outermost first: `resource "a" "b"`.
        key: the attribute it is the value of; empty for items of lists and arguments.
        value: the text between the quotes, or the lines of a heredoc; escapes stay.
    """

    blocks: tuple[str, ...]
    key: str
    value: Located


def hcl_strings(text: str) -> Iterator[HclString]:
    """Find every string of a file.

    Args:
        text: HCL. What is not well-formed is read as far as it goes: to a heredoc without end.

    Source: HCL native syntax specification, "Structural elements" and "Template expressions".
    """
    blocks: list[str] = []
    position = 0
    while (token := _TOKEN.search(text, position)) is not None:
        position = token.end()
        if token["mark"] is not None:
            end = re.compile(rf"^[ \t]*{token['mark']}[ \t]*\r?$", re.MULTILINE).search(
                text, position
            )
            if end is None:
                return
            body = Located.at(text[position : end.start()], position)
            yield HclString(tuple(blocks[:8]), token["holder"] or "", body)
            position = end.end()
        elif token["value"] is not None:
            yield HclString(tuple(blocks[:8]), token["key"].strip('"'), _inner(token, "value"))
        elif token["string"] is not None:
            yield HclString(tuple(blocks[:8]), "", _inner(token, "string"))
        elif token["block"] is not None:
            blocks.append(token["block"])
        elif token["sign"] == "{":
            blocks.append("")
        elif token["sign"] == "}" and blocks:
            blocks.pop()


def _inner(token: re.Match[str], group: str) -> Located:
    return Located.at(token[group][1:-1], token.start(group) + 1)


def unescaped(value: Located, text: str) -> Located:
    """Undo the escapes of a string in quotes; heredocs have none.

    Args:
        value: as `hcl_strings` gives it.
        text: of the file.
    """
    first = value.outline().start
    if "\\" not in value.text or text[first - 1 : first] != '"':
        return value
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CHARACTER.finditer(value.text):
        one = match[0]
        pieces.append(_ESCAPES.get(one[1], one[1]) if len(one) > 1 else one)
        starts.append(first + match.start())
        ends.append(first + match.end())
    return Located("".join(pieces), starts, ends)
