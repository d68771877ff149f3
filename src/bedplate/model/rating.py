"""How grave a vulnerability is, in whose words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Gravity in the words that vendors and CVSS have in common; larger is graver.

    Source: CVSS v3.1, section 5 (qualitative severity rating scale), and `negligible` of
    the Debian and Ubuntu trackers.
    """

    UNKNOWN = 0
    NEGLIGIBLE = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5

    @property
    def word(self) -> str:
        """The name in lower case, as reports write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rating:
    """One source's statement on one vulnerability.

    Args:
        source: who says so: `debian`, `ubuntu`, `redhat`, `nvd`, `ghsa`, `bitnami`, ...
        level: the source's word, or the CVSS score's when it gives only that.
        score: CVSS base score, 0.0 to 10.0; None when the source gives a word alone.
        vector: CVSS vector as given, `CVSS:3.1/AV:N/...`; empty when there is none.
    """

    source: str
    level: Level
    score: float | None = None
    vector: str = ""

    @property
    def is_cvss(self) -> bool:
        """Whether the level comes from a CVSS score, not from a vendor's own scale."""
        return self.score is not None
