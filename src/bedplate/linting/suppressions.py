"""Comments and settings that take violations away.

- `# bedplate: ignore=RULE[,RULE] reason` in the comment block above an instruction;
  `# bedplate: ignore-file=RULE[,RULE] reason` anywhere, for the whole file. `*` is every rule.
- `# hadolint ignore=DL3006[,DL3008]` on the line above an instruction, the same with `stage ignore`
  above a FROM, for its stage, and with `global ignore` anywhere, for rules that have such a twin.
- `# check=skip=NAME[,NAME]`, BuildKit's: as a directive for the file, or above an instruction.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.linting.linted_file import LintedFile, Step

_NAMES = r"([\w*-]+(?:[ \t]*,[ \t]*[\w*-]+)*)"
_OWN = re.compile(rf"bedplate:[ \t]*ignore[ \t]*=[ \t]*{_NAMES}(?:[ \t]|\Z)")
_OWN_FILE = re.compile(
    rf"^[ \t]*#[ \t]*bedplate:[ \t]*ignore-file[ \t]*=[ \t]*{_NAMES}(?:[ \t]|$)", re.MULTILINE
)
_CHECK = re.compile(rf"check[ \t]*=[ \t]*skip[ \t]*=[ \t]*{_NAMES}")
_HADOLINT = re.compile(rf"hadolint[ \t]+ignore[ \t]*=[ \t]*{_NAMES}[ \t]*\Z")
_HADOLINT_STAGE = re.compile(rf"hadolint[ \t]+stage[ \t]+ignore[ \t]*=[ \t]*{_NAMES}[ \t]*\Z")
_HADOLINT_FILE = re.compile(
    rf"^[ \t]*#[ \t]*hadolint[ \t]+global[ \t]+ignore[ \t]*=[ \t]*{_NAMES}[ \t\r]*$", re.MULTILINE
)
_TWIN_OF_BUILDKIT = re.compile(r"[A-Z][A-Z]*[a-z]\w*\Z")


class Suppressions:
    """What a file and the settings take away.

    Args:
        file: its comments and settings.
    """

    def __init__(self, file: LintedFile) -> None:
        self._check = file.check
        self._everywhere = set(file.settings.ignore)
        self._select = file.settings.select
        text = file.text
        if "bedplate:" in text:
            self._everywhere.update(_all(_OWN_FILE, text))
        if "hadolint" in text:
            self._everywhere.update(_all(_HADOLINT_FILE, text))
        self._at_lines = dict(_above(file.steps)) if file.dockerfile.comments else {}

    def is_off(self, rule: str) -> bool:
        """Tell whether a rule need not run at all."""
        return rule in self._everywhere or "*" in self._everywhere

    def hides(self, rule: str, twins: tuple[str, ...], line: int) -> bool:
        """Tell whether a violation is not to be reported."""
        names = {rule, *twins}
        if self._select and names.isdisjoint(self._select):
            return True
        if not names.isdisjoint(self._everywhere):
            return True
        here = self._at_lines.get(line)
        if here and ("*" in here or not names.isdisjoint(here)):
            return True
        return bool(self._check.skip) and any(
            self._check.skips(twin) for twin in twins if _TWIN_OF_BUILDKIT.match(twin)
        )


def _all(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield from _split(match.group(1))


def _split(names: str) -> Iterator[str]:
    return (name.strip() for name in names.split(","))


def _above(steps: list[Step]) -> Iterator[tuple[int, set[str]]]:
    """Read the comments above each instruction; hadolint's count directly above only."""
    of_stage: set[str] = set()
    for step in steps:
        comments = step.instruction.comments
        is_adjacent = bool(comments) and comments[-1].line == step.line - 1
        if step.instruction.keyword == "FROM":
            found = _first(_HADOLINT_STAGE.match, comments[-1].text) if is_adjacent else ()
            of_stage = set(found)
        names = set(of_stage)
        for comment in comments:
            names.update(_first(_OWN.match, comment.text))
            names.update(_first(_CHECK.match, comment.text))
        if is_adjacent:
            names.update(_first(_HADOLINT.match, comments[-1].text))
        if names:
            yield step.line, names


def _first(match: Callable[[str], re.Match[str] | None], text: str) -> Iterator[str]:
    found = match(text)
    return _split(found.group(1)) if found else iter(())
