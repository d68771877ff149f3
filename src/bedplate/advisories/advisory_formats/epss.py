"""EPSS scores: one CVE a line, after a comment with the date of the scores.

Source: first.org/epss/data_stats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advisories.identifiers import CVE
from bedplate.advisories.record import AsOf, Enrichment
from bedplate.errors import InvalidDocument
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "epss"

_DATE = re.compile(r"score_date:(\S{10,40})")
_HEADER = "cve,epss,percentile"


def claims(_name: str, head: bytes) -> bool:
    """Tell scores by the comment or the header that they begin with."""
    return head.startswith((b"#model_version", _HEADER.encode()))


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Enrichment | AsOf | Skipped]:
    """Read every score."""
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as error:
        raise InvalidDocument(f"{name}: not EPSS scores: {error}") from error
    if text and not text.endswith("\n"):
        raise InvalidDocument(f"{name}: the last line is cut off", "fetch it again")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            if found := _DATE.search(line):
                yield AsOf(found[1])
        elif line and line != _HEADER:
            yield _score(line) or Skipped(f"{name}:{number}", f"not a score: {line!r:.80}")


def _score(line: str) -> Enrichment | None:
    try:
        cve, score, percentile = line.split(",")
        numbers = float(score), float(percentile)
    except ValueError:
        return None
    if not CVE.fullmatch(cve) or not all(0 <= number <= 1 for number in numbers):
        return None
    return Enrichment(cve, epss=numbers)
