"""Puts an image onto another base without building it again."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.errors import PlatformNotFound
from bedplate.flows.old_base import Bases, canonical_name
from bedplate.flows.rebase_request import target_name
from bedplate.flows.rebase_writing import Writing, open_free
from bedplate.flows.rebased_image import rebase_image
from bedplate.flows.whole_image import images_to_change
from bedplate.model.digest import Digest
from bedplate.model.manifest import Index
from bedplate.model.media_types import OCI_INDEX, OCI_MANIFEST
from bedplate.model.rebase_report import RebaseReport
from bedplate.rebasing.new_documents import NewBase, encode, new_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.flows.rebase_request import RebaseRequest
    from bedplate.flows.rebase_writing import Place
    from bedplate.flows.rebased_image import RebasedImage
    from bedplate.flows.session import Session
    from bedplate.images.image import Image, OpenedImage
    from bedplate.images.image_name import ImageName
    from bedplate.model.descriptor import Descriptor

_SIGNATURES = "signatures and attestations of the image before do not hold for the new one"


def rebase(request: RebaseRequest, session: Session) -> RebaseReport:
    """Swap the base layers of an image, on every platform of it or the one asked for.

    Nothing is written when anything says that the result would not work, unless forced. What
    bears the name is replaced last, when all that it needs is there.

    Args:
        request: which image, onto what, where to.
        session: means and permissions.

    Raises:
        NotRebasable: the image does not stand on that base, or can't be taken apart.
        BadInput: the name is taken, or nothing can be written under it.
        TargetMoved: somebody else changed what bears the name.
        BedplateError: images can't be had, or the registry refuses.
    """
    name = target_name(request.image, request.tag)
    with contextlib.ExitStack() as stack:
        bases = Bases(session, stack)
        image, onto = bases.open(request.image), bases.open(request.onto)
        base = NewBase(canonical_name(request.onto), str(onto.root.digest))
        place = _place(name, request, image, session) if request.write else None
        made = [
            _one(one, _Places(image, onto, bases), base, request, session)
            for one in images_to_change(image, session)
        ]
        result = _Result.of(image, made, base, session)
        report = RebaseReport(
            request.image,
            request.onto,
            str(name),
            platforms=tuple(one.report for one in made),
            notes=result.notes,
        )
        if all(one.report.unmoved for one in made):
            note = f"stands on {request.onto} already: nothing to do"
            return replace(report, digest=str(image.root.digest), notes=(note,))
        if report.blocked and not request.force:
            return report
        report = replace(report, digest=str(Digest.of(result.content)), forced=report.blocked)
        if place is None:
            return report
        writing = Writing(place)
        for one in made:
            writing.bring(one, listed=result.media_type == OCI_INDEX)
        writing.finish(result.content, result.media_type)
        return replace(report, written=True, blobs=writing.counts)


def _place(name: ImageName, request: RebaseRequest, image: OpenedImage, session: Session) -> Place:
    seen = None if request.tag else image.root.digest
    return open_free(name, session, overwrite=request.overwrite, seen=seen)


@dataclass(frozen=True, slots=True)
class _Places:
    """The opened images."""

    image: OpenedImage
    onto: OpenedImage
    bases: Bases


def _one(
    own: Image, places: _Places, base: NewBase, request: RebaseRequest, session: Session
) -> RebasedImage:
    """Work on one platform."""
    if request.old_base:
        old = places.bases.named(own, request.old_base)
    else:
        old = places.bases.found(places.image, own)
    return rebase_image(own, old, _new_base(own, places.onto), base, request.created, session)


def _new_base(own: Image, onto: OpenedImage) -> Image:
    """Pick the new base for the platform of an image.

    Raises:
        PlatformNotFound: there is none.
    """
    wanted = own.config.platform if own.config else None
    if wanted is None:
        raise PlatformNotFound(f"{own.name}: names no platform")
    hint = "name the platforms that both have with --platform"
    try:
        new = onto.select(wanted)
    except PlatformNotFound as error:
        raise PlatformNotFound(error.message, f"{hint}; {error.hint}") from error
    there = new.config.platform if new.config else wanted
    if (there.os, there.architecture) != (wanted.os, wanted.architecture):
        raise PlatformNotFound(f"{new.name} is for {there}, {own.name} for {wanted}", hint)
    return new


@dataclass(frozen=True, slots=True)
class _Result:
    """The document that the name will stand for."""

    content: bytes
    media_type: str
    notes: tuple[str, ...]

    @classmethod
    def of(
        cls, image: OpenedImage, made: list[RebasedImage], base: NewBase, session: Session
    ) -> _Result:
        """Make it: an index for an index, unless one platform was asked for."""
        notes = [_SIGNATURES]
        if not base.name:
            notes.append("the new base is not in a registry: no annotation names it")
        if not isinstance(image.document, Index):
            return cls(made[0].manifest, OCI_MANIFEST, tuple(notes))
        if session.platform_asked:
            alone = f"the result is for {made[0].report.platform} alone, and no index"
            return cls(made[0].manifest, OCI_MANIFEST, (*notes, alone))
        index, dropped = new_index(json.loads(image.root.content), _by_digest(made), base)
        if dropped:
            what = "1 attestation" if dropped == 1 else f"{dropped} attestations"
            notes.append(f"{what} of the image before left out: they speak of other layers")
        return cls(encode(index), OCI_INDEX, tuple(notes))


def _by_digest(made: list[RebasedImage]) -> Mapping[str, Descriptor]:
    return {one.report.before: one.descriptor for one in made}
