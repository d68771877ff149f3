"""Names in package indexes: reading them, looking them up, finding what took a name's place.

Sources: Debian repository format (Packages), and apk-tools' APKINDEX (`P:` and `p:` fields).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_LINE = 1024 * 1024  # `Provides` of one package with every version of a large language
_MAX_NAMES = 2_000_000
_MAX_CANDIDATES = 2000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9+._:-]{0,199}")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_WIDTHS = frozenset(("32", "64", "86", "386"))  # of processors: no versions
_T64 = "t64"  # the mark of Debian's move to 64-bit times on 32-bit machines


class PackageNames:
    """The names that a release's package index holds.

    Args:
        names: of packages, and what they provide; sorted, each once.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def __contains__(self, name: str) -> bool:
        """Tell whether a package of that name, or one that provides it, is there."""
        place = bisect_left(self.names, name)
        return place < len(self.names) and self.names[place] == name

    def successor(self, name: str) -> str:
        """Find what probably took the place of a name that is not there.

        That is the name with `t64` behind it; else one that differs in one version number, the
        next newer where there is one, then the newest of the older ones.

        Returns:
            empty when there is none.
        """
        if name + _T64 in self:
            return name + _T64
        numbers = _NUMBER.findall(name)
        ranked: list[tuple[bool, tuple[int, ...], str]] = []
        for other in self._by_shape.get(_shape(name), ())[:_MAX_CANDIDATES]:
            pairs = zip(numbers, _NUMBER.findall(other.removesuffix(_T64)), strict=True)
            changed = [(old, new) for old, new in pairs if old != new]
            if len(changed) != 1 or not _WIDTHS.isdisjoint(changed[0]):
                continue
            old, new = (_version(text) for text in changed[0])
            older = new < old
            ranked.append((older, tuple(-part for part in new) if older else new, other))
        return min(ranked)[2] if ranked else ""

    @cached_property
    def _by_shape(self) -> dict[str, list[str]]:
        """Names by what they are but for their numbers."""
        found: dict[str, list[str]] = {}
        for name in self.names:
            shape = _shape(name)
            if "#" in shape and len(shape) > 2:
                found.setdefault(shape, []).append(name)
        return found


def _shape(name: str) -> str:
    return _NUMBER.sub("#", name.removesuffix(_T64))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part[:18]) for part in text.split("."))


def read_packages(chunks: Iterable[bytes], where: str) -> set[str]:
    """Read the names of a Debian `Packages` file: `Package` and `Provides`.

    Args:
        chunks: of the file, unpacked.
        where: its address, named in errors.

    Raises:
        LimitExceeded: a line or a count beyond all reason.
        InvalidDocument: no name in it.
    """
    return _collect(_of_packages(_lines(chunks, where)), where)


def _of_packages(lines: Iterator[str]) -> Iterator[str]:
    provides = False
    for line in lines:
        if line.startswith("Package:"):
            yield line[8:].strip()
        provides = line.startswith("Provides:") or (provides and line[:1] in (" ", "\t"))
        if provides:
            for part in line.removeprefix("Provides:").split(","):
                yield part.partition("(")[0].strip()


def read_apkindex(chunks: Iterable[bytes], where: str) -> set[str]:
    """Read the names of an `APKINDEX` text: `P:` and `p:`.

    Args:
        chunks: of the file, unpacked.
        where: its address, named in errors.

    Raises:
        LimitExceeded: a line or a count beyond all reason.
        InvalidDocument: no name in it.
    """
    return _collect(_of_apkindex(_lines(chunks, where)), where)


def _of_apkindex(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("P:"):
            yield line[2:].strip()
        elif line.startswith("p:"):
            for part in line[2:].split():
                yield part.partition("=")[0]


def _collect(found: Iterator[str], where: str) -> set[str]:
    names: set[str] = set()
    for name in found:
        if _NAME.fullmatch(name):
            names.add(name)
        if len(names) > _MAX_NAMES:
            raise LimitExceeded(f"{where}: more than {_MAX_NAMES} package names")
    if not names:
        raise InvalidDocument(f"{where}: not a package index, it names no package")
    return names


def _lines(chunks: Iterable[bytes], where: str) -> Iterator[str]:
    rest = b""
    for chunk in chain(chunks, (b"\n",)):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _MAX_LINE:
            raise LimitExceeded(f"{where}: a line of more than {_MAX_LINE} bytes")
        for line in lines:
            yield line.decode("utf-8", "replace")
