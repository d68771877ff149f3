"""Which files of a layer are kept: many wants, answered by a few dictionary look-ups."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from bedplate.model.want import Want, compile_glob

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

_PREFIX = 3


class Selection:
    """The union of what all readers want.

    Every glob is filed under the part of its last component that a path can be looked up
    by: the whole name, its extension, its first letters, or the folder. A path costs four
    look-ups, however many wants there are.

    Args:
        wants: of all readers; equal ones count once.
    """

    def __init__(self, wants: Iterable[Want]) -> None:
        self.wants = tuple(sorted(set(wants), key=repr))
        self._names: dict[str, list[Want]] = {}
        self._endings: dict[str, list[Want]] = {}
        self._beginnings: dict[str, list[Want]] = {}
        self._folders: dict[str, list[Want]] = {}
        self.programs = tuple(want for want in self.wants if want.program)
        for want in self.wants:
            if not want.program:
                self._file(want)
        self.id = hashlib.sha256(repr(self.wants).encode()).hexdigest()[:16]

    def _file(self, want: Want) -> None:
        folder, _, name = want.glob.rpartition("/")
        if "*" not in name:
            self._names.setdefault(name, []).append(want)
        elif name == "*" and "*" not in folder:
            self._folders.setdefault(folder, []).append(want)
        elif "." in name.rpartition("*")[2]:
            self._endings.setdefault(name.rpartition(".")[2], []).append(want)
        elif len(name.partition("*")[0]) >= _PREFIX:
            self._beginnings.setdefault(name[:_PREFIX], []).append(want)
        else:
            raise ValueError(f"{want.glob!r}: the last component has nothing to look up by")

    def match(self, path: str) -> tuple[Want, ...]:
        """Give the wants that a path answers, usually none."""
        folder, _, name = path.rpartition("/")
        rules: Sequence[Want] = self._names.get(name, ())
        for table, key in (
            (self._endings, name.rpartition(".")[2]),
            (self._beginnings, name[:_PREFIX]),
            (self._folders, folder),
        ):
            more = table.get(key)
            if more:
                rules = [*rules, *more]
        if not rules:
            return ()
        return tuple(want for want in rules if _pattern(want.glob).fullmatch(path))

    def match_program(self, path: str) -> tuple[Want, ...]:
        """Give the wants that a path answers when it is a program."""
        named = (want for want in self.programs if _pattern(want.glob).fullmatch(path))
        return (*self.match(path), *named)


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """Compile a glob when a path first comes near it: most never do."""
    return compile_glob(glob)
