"""Debian and Ubuntu: `[epoch:]upstream[-revision]`.

Source: Debian Policy 5.6.12, deb-version(7), and `verrevcmp` of dpkg.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import comparators

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "deb"
FLOOR: SortKey = ()

_VERSION = re.compile(r"(?:([0-9]{1,10}):|(?![^:]*:))([!-~]+?)(?:-([!-,.-~]*))?")
_WORD_AND_NUMBER = re.compile(r"([^0-9]*)([0-9]*)")
# `~` sorts before the end of a word, the end before letters, letters before all else
_END = "\x01"
_ORDER = {c: c if chr(c).isalpha() else c + 256 for c in range(128)} | {ord("~"): 0}


def key(version: str, /) -> SortKey:
    """Give epoch, then upstream version and revision as words and numbers in turn.

    What dpkg only warns of (a version that begins with a letter) is taken as dpkg does.
    """
    match = _VERSION.fullmatch(version.strip())
    if match is None or match[3] == "":
        raise InvalidVersion(f"not a Debian version: {version!r}")
    epoch, upstream, revision = match.groups()
    return int(epoch or 0), _words_and_numbers(upstream), _words_and_numbers(revision or "")


def _words_and_numbers(text: str) -> tuple[str | int, ...]:
    parts: list[str | int] = []
    for word, number in _WORD_AND_NUMBER.findall(text):
        parts += (word.translate(_ORDER) + _END, int(number or 0))
    # the last pair is the end itself; of an empty text it is the same as `0`
    return (*(parts[:-2] or parts), _END)


# `>= 1, << 2`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
