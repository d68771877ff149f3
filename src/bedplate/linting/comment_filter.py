"""Comments that hide violations that are found otherwise than by looking at one Dockerfile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from bedplate.errors import BadInput
from bedplate.linting.checking import linted_file
from bedplate.linting.inline_linting import InlinePlaces
from bedplate.linting.suppressions import Suppressions
from bedplate.model.skipped import Skipped
from bedplate.repofiles import inline_dockerfiles
from bedplate.repofiles.reading import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bedplate.linting.linted_file import LintedFile
    from bedplate.linting.settings import LintSettings
    from bedplate.model.span import Span
    from bedplate.model.violation import Violation

# In a file of another kind: at the end of the line, or on a line of its own above.
_COMMENT = re.compile(
    r"(?:^|[ \t])(?:#|//)[ \t]*bedplate:[ \t]*ignore(?P<file>-file)?[ \t]*=[ \t]*"
    r"(?P<names>[\w*-]+(?:[ \t]*,[ \t]*[\w*-]+)*)"
)
_OWN_LINE = re.compile(r"[ \t]*(?:#|//)")


def without_hidden(
    violations: Iterable[Violation], texts: Mapping[str, str], config: LintSettings
) -> list[Violation]:
    """Leave out what a comment hides.

    Args:
        violations: in files of any kind.
        texts: the files by path.
        config: which rules the user left out.
    """
    filters: dict[str, list[_Comments]] = {}
    kept = []
    for one in violations:
        if one.path not in filters:
            filters[one.path] = list(_filters(one.path, texts[one.path], config))
        if not any(comments.hide(one) for comments in filters[one.path]):
            kept.append(one)
    return kept


def _filters(path: str, text: str, config: LintSettings) -> Iterator[_Comments]:
    if "bedplate:" not in text and "hadolint" not in text and "check" not in text:
        return
    kind = kind_of(path, text)
    try:
        if kind is None or kind.NAME == "dockerfile":
            yield _OfDockerfile(linted_file(text, config))
            return
        yield _OfLines(text)
        for inline in inline_dockerfiles(path, text):
            if isinstance(inline, Skipped):
                continue
            places = InlinePlaces(inline.value, text)
            file = linted_file(inline.value.text, config)
            yield _OfDockerfile(file, places, inline.value.outline())
    except BadInput:  # it was said when the file was read
        return


class _Comments(Protocol):
    """What comments hide: those above the place, and those for the file."""

    def hide(self, violation: Violation, /) -> bool: ...


class _OfDockerfile:
    """The comments of a Dockerfile.

    Args:
        file: the Dockerfile.
        places: where it stands in the file around it, if there is one.
        outline: the part of that file.
    """

    def __init__(
        self, file: LintedFile, places: InlinePlaces | None = None, outline: Span | None = None
    ) -> None:
        self._suppressions = Suppressions(file)
        self._lines = sorted({step.line for step in file.steps})
        self._places, self._outline = places, outline

    def hide(self, violation: Violation) -> bool:
        line = violation.line
        if self._places is not None and self._outline is not None:
            if not self._outline.start <= violation.span.start < self._outline.end:
                return False
            line = self._places.inner_line(line)
        # an image of `RUN --mount` may stand on a later line of its instruction
        line = max((one for one in self._lines if one <= line), default=line)
        hidden = self._suppressions
        return hidden.is_off(violation.rule) or hidden.hides(violation.rule, violation.twins, line)


class _OfLines:
    """The comments of a file of another kind: YAML, HCL, ...

    Args:
        text: of the file.
    """

    def __init__(self, text: str) -> None:
        self._everywhere: set[str] = set()
        self._at_lines: dict[int, set[str]] = {}
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            match = _COMMENT.search(line)
            if match is None:
                continue
            names = {name.strip() for name in match["names"].split(",")}
            if match["file"]:
                self._everywhere |= names
            else:
                below = number + 1 if _OWN_LINE.match(line) else number
                self._at_lines.setdefault(below, set()).update(names)

    def hide(self, violation: Violation) -> bool:
        names = self._everywhere | self._at_lines.get(violation.line, set())
        return not names.isdisjoint(("*", violation.rule, *violation.twins))
