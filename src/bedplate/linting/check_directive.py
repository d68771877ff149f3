"""The `check` parser directive: what a file asks of BuildKit's linter.

Source: Dockerfile reference, "Parser directives", `# check=skip=A,B;error=true`.
"""

from __future__ import annotations

from typing import NamedTuple


class CheckDirective(NamedTuple):
    """Which checks do not count.

    Args:
        skip: names of checks, in lower case; `all` for every one.
        experimental: names of checks that run only when asked for; `all` for every one.
    """

    skip: frozenset[str] = frozenset()
    experimental: frozenset[str] = frozenset()

    def skips(self, name: str) -> bool:
        """Tell whether a check is switched off."""
        return "all" in self.skip or name.lower() in self.skip

    def tries(self, name: str) -> bool:
        """Tell whether an experimental check is switched on."""
        return "all" in self.experimental or name.lower() in self.experimental


def read_check(value: str) -> CheckDirective:
    """Read the value of the directive; what it does not know is left out."""
    found: dict[str, frozenset[str]] = {}
    for part in value.split(";"):
        key, _, names = part.partition("=")
        items = (name.strip().lower() for name in names.split(","))
        found[key.strip().lower()] = frozenset(item for item in items if item)
    skip = found.get("skip", frozenset())
    experimental = found.get("experimental", frozenset())
    if "all" in skip:
        skip = frozenset({"all"})
    return CheckDirective(skip, experimental)
