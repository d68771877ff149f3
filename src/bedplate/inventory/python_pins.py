"""Requirements that name one exact version."""

from __future__ import annotations

import re
from typing import NamedTuple

# name[extras]==version, with or without round brackets. What may follow: other clauses, a
# marker, an option, a comment, a direct reference.
_PIN = re.compile(
    r"""\s*+(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)
    \s*+(?:\[[^\]]*+\])?\s*+\(?
    \s*+={2,3}\s*+(?P<version>v?[0-9][A-Za-z0-9._+!-]*)
    (?:\s*+\))?(?=[\s,;@#]|$)""",
    re.VERBOSE,
)
_MAX_LENGTH = 2000


class Pin(NamedTuple):
    """A name and the one version that satisfies the requirement, both as written."""

    name: str
    version: str


def read_pin(requirement: str) -> Pin | None:
    """Read `name==version` or `name===version` at the start of a requirement.

    A range or a wildcard (`==2.8.*`) says what would do, not what is there: None, as for
    everything that is no requirement.

    Args:
        requirement: one requirement, in one line.

    Source: PEP 508 and PEP 440, "Version matching" and "Arbitrary equality".
    """
    match = _PIN.match(requirement[:_MAX_LENGTH])
    return Pin(match["name"], match["version"]) if match else None


def belongs_to_installed(path: str) -> bool:
    """Tell whether a file lies in an installed package, so it describes that one's past."""
    return "/site-packages/" in f"/{path}" or "/dist-packages/" in f"/{path}"
