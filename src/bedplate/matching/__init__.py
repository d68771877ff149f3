"""Which known vulnerabilities an image has, and which of them count.

`match` holds packages against advisories. `apply_vex`, `apply_ignores` and `apply_baseline` mark
findings that do not count, `with_origin` tells where they come from, `judge` asks the gates.
"""

from bedplate.matching.matching import MatchOptions, MatchResult, match

__all__ = ["MatchOptions", "MatchResult", "match"]
