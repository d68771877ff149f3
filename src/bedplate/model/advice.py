"""Which image a project should stand on, why, and why not on the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Needs
    from bedplate.model.skipped import Skipped
    from bedplate.model.verdict import Proof
    from bedplate.model.vulnerability_counts import VulnerabilityCounts


class Standing(StrEnum):
    """What becomes of a candidate."""

    ADVISED = "advised"
    FITS = "fits"
    UNSURE = "cannot tell"
    """Something decisive is not known."""
    REFUSED = "refused"


class Preference(StrEnum):
    """What weighs most."""

    BALANCED = "balanced"
    SIZE = "size"
    SECURITY = "security"
    COMPATIBILITY = "compatibility"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say of a candidate.

    Args:
        about: `proof`, `packages`, `shell`, `support`, `platforms`, `size`, ...
        text: one line without a final stop.
        refuses: whether it rules the candidate out.
        unsure: whether it says that something is not known.
        fix: what would allow the candidate; empty for nothing.
        evidence: what shows it.
    """

    about: str
    text: str
    refuses: bool = False
    unsure: bool = False
    fix: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Marks from 0 to 100; more is better.

    Args:
        size: by the bytes that a download costs.
        security: by known vulnerabilities, support and account.
        compatibility: by what is proved of the project on it.
        total: their weighted mean.
    """

    size: float
    security: float
    compatibility: float
    total: float


@dataclass(frozen=True, slots=True)
class PackageMove:
    """What a package is called on the candidate.

    Args:
        name: as it is installed today.
        target: there; empty when it is not needed, or not known.
        shown_by: `same distribution`, `table`, or the address of an index.
        known: whether it can be installed there.
    """

    name: str
    target: str
    shown_by: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """One candidate.

    Args:
        image: its name, as FROM would have it, without digest.
        family: what it is one of.
        builder: image in which the program is built.
        current: whether the project stands on it today.
        standing: what becomes of it.
        score: None when it is refused.
        remarks: what rules it out first.
        proofs: what is proved of native code on it.
        moves: packages that the final image needs.
        facts: what is known of it; None when it is known by its name alone.
        vulnerabilities: None when not known.
        digest: of the index; empty when not known, or too old to be pinned.
        builder_digest: the same of the builder.
    """

    image: str
    family: ImageFamily
    builder: str = ""
    current: bool = False
    standing: Standing = Standing.FITS
    score: Score | None = None
    remarks: tuple[Remark, ...] = ()
    proofs: tuple[Proof, ...] = ()
    moves: tuple[PackageMove, ...] = ()
    facts: BaseFacts | None = None
    vulnerabilities: VulnerabilityCounts | None = None
    digest: str = ""
    builder_digest: str = ""

    @property
    def refused(self) -> bool:
        """Whether something rules it out."""
        return self.standing is Standing.REFUSED


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer for one project.

    Args:
        path: the project.
        needs: what it asks for.
        judgements: the best first, then those that are refused.
        why: why the first one, one line each.
        gains: what it gains over today's, one line each.
        tests: what to try before it is shipped.
        next_version: what to say of the runtime's support; empty for nothing.
        preference: what weighs most.
        skipped: what could not be examined.
    """

    path: str
    needs: Needs
    judgements: tuple[Judgement, ...]
    why: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    next_version: str = ""
    preference: Preference = Preference.BALANCED
    skipped: tuple[Skipped, ...] = ()

    @property
    def advised(self) -> Judgement | None:
        """The image to take; None when every one is refused."""
        return next((one for one in self.judgements if one.standing is Standing.ADVISED), None)

    @property
    def current(self) -> Judgement | None:
        """The image of today; None when there is none or it is not known."""
        return next((one for one in self.judgements if one.current), None)

    @property
    def stays(self) -> bool:
        """Whether the project is best where it is."""
        return self.advised is not None and self.advised.current
