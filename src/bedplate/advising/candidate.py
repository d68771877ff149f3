"""An image that a project may stand on, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.advising.package_moves import Names
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.verdict import Proof
    from bedplate.model.vulnerability_counts import VulnerabilityCounts


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of it.

    Args:
        image: name, as FROM would have it.
        family: what it is one of.
        builder: image in which the program is built.
        current: whether the project stands on it today.
        facts: None when it is known by its name alone.
        vulnerabilities: None when not known.
        proofs: of the project's native code on it.
        names: of the packages that its release has; None when they are not at hand.
        names_from: where those are from.
        platforms: for which it is published; None when not known.
        builder_libc_version: of the builder's C library; empty when not known.
        digest, builder_digest: of their indexes; empty when not known, or too old to be pinned.
    """

    image: str
    family: ImageFamily
    builder: str = ""
    current: bool = False
    facts: BaseFacts | None = None
    vulnerabilities: VulnerabilityCounts | None = None
    proofs: tuple[Proof, ...] = ()
    names: Names | None = None
    names_from: str = ""
    platforms: tuple[str, ...] | None = None
    builder_libc_version: str = ""
    digest: str = ""
    builder_digest: str = ""
