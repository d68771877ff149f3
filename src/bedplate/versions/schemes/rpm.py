"""RPM: `[epoch:]version[-release]`.

Source: rpm-version(7), `rpmvercmp` and `rpmverCmp` of rpm.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import comparators

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "rpm"
FLOOR: SortKey = ()

_VERSION = re.compile(r"(?:([0-9]{1,10}):)?(\S*?)(?:-([^\s-]*))?")
_SEGMENT = re.compile(r"[~^]|[A-Za-z]+|[0-9]+")  # all else only separates
_TILDE, _END, _CARET, _WORD, _NUMBER = range(5)  # `1~rc1` < `1` < `1^git1` < `1.a` < `1.1`


def key(version: str, /) -> SortKey:
    """Give epoch, version and release; a version without a release sorts before all with one."""
    match = _VERSION.fullmatch(version.strip())
    if match is None or not match[0]:
        raise InvalidVersion(f"not an RPM version: {version!r}")
    epoch, upstream, release = match.groups()
    return int(epoch or 0), _segments(upstream), () if release is None else _segments(release)


def _segments(text: str) -> SortKey:
    return (*map(_segment, _SEGMENT.findall(text)), (_END,))


def _segment(text: str) -> tuple[int] | tuple[int, str] | tuple[int, int]:
    if text == "~":
        return (_TILDE,)
    if text == "^":
        return (_CARET,)
    return (_WORD, text) if text[0] > "9" else (_NUMBER, int(text))


# `>= 1, < 2`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
