"""A dynamic loader, with what it will find without being told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LoaderKind(StrEnum):
    """Whose rules a loader follows."""

    GLIBC = "glibc"
    MUSL = "musl"


@dataclass(frozen=True, slots=True)
class Loader:
    """The program that PT_INTERP names.

    Args:
        kind: whose rules it follows.
        path: from the root, without a leading slash, as programs name it.
        machine: `e_machine` of what it loads.
        bits: 32 or 64.
        version: of musl, `1.2.5`; empty for glibc, where sets of versions of symbols count.
        folders: searched last, in order, without a leading slash. glibc: compiled in; musl:
            of its path file, or compiled in.
        cached: glibc: libraries of its cache, in order.
        hidden_names: musl from 1.2.4 on: names such as `open64`, that it finds for programs
            of glibc but that nothing is linked against.
    """

    kind: LoaderKind
    path: str
    machine: int
    bits: int
    version: str = ""
    folders: tuple[str, ...] = ()
    cached: tuple[str, ...] = ()
    hidden_names: frozenset[bytes] = frozenset()

    @property
    def reads_relr(self) -> bool:
        """Whether it applies compact relative relocations.

        Of glibc, the version `GLIBC_ABI_DT_RELR` of its library says so instead.
        """
        return self.kind is LoaderKind.GLIBC or _number(self.version) >= (1, 2, 4)


def _number(version: str) -> tuple[int, ...]:
    parts = version.partition("-")[0].partition("_")[0].split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)
