"""Will it run on another base? The answer, file by file or package by package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.skipped import Skipped


class Outcome(StrEnum):
    """What is proved, in the order of how good it is."""

    LOADS = "loads"
    UNSUPPORTED = "loads, unsupported"
    """Built for another C library, and everything that it asks for is there by luck."""
    UNKNOWN = "cannot tell"
    RISK = "risk"
    """It loads, and crashes or misses something later."""
    FAILS = "fails"

    @property
    def rank(self) -> int:
        """How bad it is, from 0."""
        return _RANKS[self]


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of one file, package or command on one base.

    Args:
        path: of the file, from the root of the application; or what else is judged, as
            `ENTRYPOINT`, `bcrypt 5.1.1`.
        outcome: the verdict.
        check: name of the check that it comes from; empty when all of them passed.
        reason: one line; empty when there is nothing to say.
        missing: what is missing first: a path, library, version, symbol or package.
        requested_by: path of the file that asks for it; empty when it is `path` itself.
        provided_by: names of packages of the base's distribution that bring it.
        fix: the smallest change that helps, one sentence without a final stop.
        evidence: what shows it, and what the other checks found.
        package: the package that the file is part of: `sharp 0.33.5`.
        sha256: of the file, in hex; empty when not known.
    """

    path: str
    outcome: Outcome
    check: str = ""
    reason: str = ""
    missing: str = ""
    requested_by: str = ""
    provided_by: tuple[str, ...] = ()
    fix: str = ""
    evidence: tuple[str, ...] = ()
    package: str = ""
    sha256: str = ""


def worst(outcomes: Iterable[Outcome]) -> Outcome | None:
    """Give the worst of some outcomes; None when there are none."""
    return max(outcomes, key=lambda outcome: outcome.rank, default=None)


@dataclass(frozen=True, slots=True)
class BaseProofs:
    """Everything that is proved of one base.

    Args:
        base: as the user named it.
        known_from: what it was judged by: `layers`, `root file system`, `profile of ...`.
        libc: `glibc`, `musl 1.2.5`; empty when it has none.
        programs: those that load libraries of others: `node 20.18.0`, `python 3.11.2`.
        proofs: of files, in the order of their paths, then of the application as a whole.
        foreign: files for other processors or systems, which were passed over.
        passed_over: files that nothing on this base would load, such as builds for another
            C library beside the one that is taken.
        skipped: what could not be examined.
        notes: what holds for the base as a whole, one line each.
    """

    base: str
    known_from: str
    libc: str = ""
    programs: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    foreign: int = 0
    passed_over: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The worst verdict; None when nothing was judged."""
        return worst(proof.outcome for proof in self.proofs)


@dataclass(frozen=True, slots=True)
class ProofReport:
    """An application against some bases.

    Args:
        application: as the user named it.
        kind: `image`, `folder`, `file`, `lock files`.
        bases: in the order in which the user named them.
        notes: what holds for all of them.
    """

    application: str
    kind: str
    bases: tuple[BaseProofs, ...]
    notes: tuple[str, ...] = ()
