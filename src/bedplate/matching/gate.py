"""What makes a scan fail: `--fail-on 'high,fixable'`.

A gate is conditions with commas between them, all of which must hold for one finding:

    gate      = condition *("," condition)
    condition = level / flag / number
    level     = "negligible" / "low" / "medium" / "high" / "critical"     ; that level or graver
    flag      = "any" / "fixable" / "kev" / "base" / "app" / "new"
    number    = ("epss" / "cvss") (">" / ">=") decimal

Case and white space around a condition do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.matching.reading import CVSS
from bedplate.model.rating import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.finding import Finding

    Test = Callable[[Finding, str], bool]

_LEVELS = {level.word: level for level in Level if level is not Level.UNKNOWN}
_FLAGS: dict[str, Test] = {
    "any": lambda _finding, _reading: True,
    "fixable": lambda finding, _: finding.fixable,
    "kev": lambda finding, _: bool(finding.kev),
    "base": lambda finding, _: finding.origin == "base",
    "app": lambda finding, _: finding.origin == "app",
    # what a baseline names is suppressed before gates are asked
    "new": lambda _finding, _reading: True,
}
_NUMBER = re.compile(r"(epss|cvss)\s*(>=?)\s*(\d{1,2}(?:\.\d{1,6})?)", re.ASCII)
_LIMITS = {"epss": 1.0, "cvss": 10.0}
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate.

    Args:
        text: as given, in canonical spelling.
        tests: what must hold, one for each condition.
    """

    text: str
    tests: tuple[Test, ...]

    def refuses(self, finding: Finding, reading: str) -> bool:
        """Tell whether a finding makes it fail.

        Args:
            finding: one that counts.
            reading: whose level counts.
        """
        return all(test(finding, reading) for test in self.tests)


def parse_gate(text: str, *, has_baseline: bool = False) -> Gate:
    """Read a gate.

    Args:
        text: as the module tells.
        has_baseline: whether there is a baseline, without which nothing is `new`.

    Raises:
        InvalidConfiguration: a condition that nobody knows, or a number out of its range.
    """
    if len(text) > _MAX_LENGTH:
        raise InvalidConfiguration(f"--fail-on: longer than {_MAX_LENGTH} characters")
    conditions = [part.strip().lower() for part in text.split(",")]
    if "new" in conditions and not has_baseline:
        raise InvalidConfiguration("--fail-on: `new` needs a baseline", "add --baseline FILE")
    tests = tuple(map(_test, conditions))
    return Gate(",".join(re.sub(r"\s", "", part) for part in conditions), tests)


def _test(condition: str) -> Test:
    if condition in _LEVELS:
        least = _LEVELS[condition]
        return lambda finding, reading: finding.level(reading) >= least
    if condition in _FLAGS:
        return _FLAGS[condition]
    number = _NUMBER.fullmatch(condition)
    if number is None or float(number[3]) > _LIMITS[number[1]]:
        known = ", ".join((*_LEVELS, *_FLAGS, "epss>0.1", "cvss>=7"))
        raise InvalidConfiguration(f"--fail-on: no condition {condition!r}", f"known: {known}")
    return _above(number[1], float(number[3]), inclusive=number[2] == ">=")


def _above(name: str, bound: float, *, inclusive: bool) -> Test:
    def test(finding: Finding, _reading: str) -> bool:
        rating = finding.rating(CVSS)
        value = finding.epss if name == "epss" else rating.score if rating else None
        return value is not None and (value >= bound if inclusive else value > bound)

    return test
