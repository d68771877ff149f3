"""An image that was put onto another base, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.base_facts import BaseMatch
    from bedplate.model.comparison import PackageDifference
    from bedplate.model.delta import SizeChange
    from bedplate.model.verdict import Proof


@dataclass(frozen=True, slots=True)
class Concern:
    """What speaks against putting an image onto another base.

    Args:
        hazard: name of what found it.
        blocks: whether the result would be unsound; else it is only to be known.
        message: one line.
        paths: files that show it, the first few.
        fix: what helps, one sentence without a final stop; may be empty.
    """

    hazard: str
    blocks: bool
    message: str
    paths: tuple[str, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class PlatformRebase:
    """The image of one platform.

    Args:
        platform: `os/architecture[/variant]`.
        old_base: what it stood on, and what shows that.
        old_base_digest, new_base_digest: of the manifests of the bases.
        before, after: digests of its manifests.
        base_layers: how many layers were taken off, and how many put in their place.
        app_layers: how many layers stay.
        size: of the compressed layers of the bases.
        packages: of the new base against those of the old one; None when not known.
        configuration: fields of the configuration that are not as they were.
        concerns: what speaks against it, the grave ones first.
        proofs: what of the application does not certainly run on the new base.
        unproved: why nothing was proved; empty when it was.
        notes: one line each.
    """

    platform: str
    old_base: BaseMatch
    old_base_digest: str
    new_base_digest: str
    before: str
    after: str
    base_layers: tuple[int, int]
    app_layers: int
    size: SizeChange
    packages: PackageDifference | None = None
    configuration: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    proofs: tuple[Proof, ...] = ()
    unproved: str = ""
    notes: tuple[str, ...] = ()

    @property
    def unmoved(self) -> bool:
        """Whether the old base and the new one are the same image."""
        return self.old_base_digest == self.new_base_digest

    @property
    def blocked(self) -> bool:
        """Whether anything says that the result would not work, or nothing says that it would."""
        if self.unmoved:
            return False
        failed = any(proof.outcome is Outcome.FAILS for proof in self.proofs)
        return failed or bool(self.unproved) or any(one.blocks for one in self.concerns)


@dataclass(frozen=True, slots=True)
class RebaseReport:
    """What was done.

    Args:
        image, onto: as the user named them.
        target: what was or would be written.
        digest: of the manifest or index made; empty when it was refused.
        written: whether it is there now.
        forced: whether it was made against what speaks against it.
        platforms: the images in it.
        blobs: how many layers were `held`, `mounted` and `copied`; bytes of the copied ones
            under `copied_bytes`.
        notes: one line each.
    """

    image: str
    onto: str
    target: str
    digest: str = ""
    written: bool = False
    forced: bool = False
    platforms: tuple[PlatformRebase, ...] = ()
    blobs: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether anything says that the result would not work."""
        return any(platform.blocked for platform in self.platforms)


@dataclass(frozen=True, slots=True)
class AnnotateReport:
    """Base annotations that were written.

    Args:
        image: as the user named it.
        target: what was or would be written.
        before, digest: of its manifest or index; the same when nothing was to be done.
        written: whether it was written.
        bases: by platform, what was found.
        notes: one line each.
    """

    image: str
    target: str
    before: str
    digest: str
    written: bool = False
    bases: tuple[tuple[str, BaseMatch], ...] = ()
    notes: tuple[str, ...] = ()
