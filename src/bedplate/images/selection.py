"""Which files of a layer are kept: many wants, answered by a few dictionary look-ups."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bedplate.model.want import Want, compile_glob

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_PREFIX = 3

_Rule = tuple[Want, "re.Pattern[str]"]


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
        self._names: dict[str, list[_Rule]] = {}
        self._endings: dict[str, list[_Rule]] = {}
        self._beginnings: dict[str, list[_Rule]] = {}
        self._folders: dict[str, list[_Rule]] = {}
        for want in self.wants:
            self._file(want)
        self.id = hashlib.sha256(repr(self.wants).encode()).hexdigest()[:16]

    def _file(self, want: Want) -> None:
        folder, _, name = want.glob.rpartition("/")
        rule = (want, compile_glob(want.glob))
        if "*" not in name:
            self._names.setdefault(name, []).append(rule)
        elif name == "*" and "*" not in folder:
            self._folders.setdefault(folder, []).append(rule)
        elif "." in name.rpartition("*")[2]:
            self._endings.setdefault(name.rpartition(".")[2], []).append(rule)
        elif len(name.partition("*")[0]) >= _PREFIX:
            self._beginnings.setdefault(name[:_PREFIX], []).append(rule)
        else:
            raise ValueError(f"{want.glob!r}: the last component has nothing to look up by")

    def match(self, path: str) -> tuple[Want, ...]:
        """Give the wants that a path answers, usually none."""
        folder, _, name = path.rpartition("/")
        rules = self._names.get(name, ())
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
        return tuple(want for want, pattern in rules if pattern.fullmatch(path))
