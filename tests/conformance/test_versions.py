"""Tables of versions: `a op b`, and `range in|notin version`; the file's name is the scheme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate import versions
from bedplate.errors import InvalidVersion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_RANGES = "-ranges"


def test_rows_hold(
    version_table: Path, argued: dict[str, str], record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for left, expected, right in _rows(version_table):
        row = f"{version_table.stem}: {left} {expected} {right}"
        answer = _answer(version_table.stem, left, right)
        holds = answer == expected
        if row in argued and not holds:
            counts["argued"] += 1
            continue
        counts["passed" if holds and row not in argued else "failed"] += 1
        if row in argued:
            wrong.append(f"{row} (argued in docs/decisions/conformance.md, but it agrees)")
        elif not holds:
            wrong.append(f"{row} (gave {answer})")
    kind = "range" if version_table.stem.endswith(_RANGES) else "order"
    file = f"versions/{version_table.stem}"
    record_property("rows", [(file, kind, outcome, n) for outcome, n in counts.items()])
    assert counts, "an empty table"
    assert not wrong, f"{len(wrong)} of {counts.total()} rows:\n" + "\n".join(wrong)


def _rows(table: Path) -> Iterator[tuple[str, str, str]]:
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, expected, right, *_source = line.split("\t")
            yield left, expected, right


def _answer(name: str, left: str, right: str) -> str:
    """Give the answer in the words of the table; a refusal is its message."""
    try:
        if name.endswith(_RANGES):
            # what is no version at all is in no range
            inside = versions.in_range(name.removesuffix(_RANGES), right, left)
            return "in" if inside else "notin"
        return "<=>"[versions.compare(name, left, right) + 1]
    except InvalidVersion as error:
        return str(error)
