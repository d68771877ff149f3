"""`go.mod` of Go modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import InvalidDocument
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "go.mod"
WANTS: tuple[Want, ...] = (Want("**/go.mod", MAX_BYTES),)

_DIRECTIVES = frozenset((
    *("module", "go", "toolchain", "godebug", "require", "exclude", "replace", "retract"),
    *("tool", "ignore"),
))  # fmt: skip
_WORD = re.compile(r"[^\s\"`]+|\"([^\"]*)\"|`([^`]*)`")


class _Line(NamedTuple):
    directive: str
    words: tuple[str, ...]
    comment: str


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the required modules, each as it is replaced.

    The `go` and `toolchain` lines name the least version that will do, not the one that is
    used, so the standard library is not among the packages; neither is the module itself.

    Args:
        path: of the file.
        content: of the file.

    Source: Go modules reference, "go.mod files".
    """
    lines = list(_lines(path, decode(path, content)))
    replaced: dict[tuple[str, str], tuple[str, str]] = {}
    for line in lines:
        if line.directive == "replace" and "=>" in line.words:
            at = line.words.index("=>")
            old, new = [*line.words[:at], "", ""], [*line.words[at + 1 :], "", ""]
            replaced[old[0], old[1]] = (new[0], new[1])
    # of an excluded version, Go takes the next one, which is not known here
    excluded = {line.words[:2] for line in lines if line.directive == "exclude"}
    required = [
        line
        for line in lines
        if line.directive == "require" and len(line.words) >= 2 and line.words[:2] not in excluded
    ]
    yield from merge(_packages(path, required, replaced))


def _packages(
    path: str, required: list[_Line], replaced: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[Package]:
    for line in required:
        name, version = line.words[:2]
        new = replaced.get((name, version)) or replaced.get((name, ""))
        if new is not None:
            name, version = new
            if not name or not version:  # a folder beside the project, which is its own
                continue
        direct = not line.comment.strip().startswith("indirect")
        yield language_package("golang", path, name, version, direct=direct)


def _lines(path: str, source: str) -> Iterator[_Line]:
    block = ""
    for number, line in enumerate(source.splitlines(), 1):
        text, _, comment = line.partition("//")
        words = tuple(m[1] or m[2] or m[0] for m in _WORD.finditer(text))
        if not words:
            continue
        if block:
            if words == (")",):
                block = ""
            else:
                yield _Line(block, words, comment)
            continue
        directive, *rest = words
        if directive not in _DIRECTIVES:
            raise InvalidDocument(f"{path}: line {number} is no directive of a go.mod")
        if rest == ["("]:
            block = directive
        elif rest != ["()"]:
            yield _Line(directive, tuple(rest), comment)
