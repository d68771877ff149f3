"""Whether pins still are what their tags say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.digest import Digest
from bedplate.model.image_use import ImageUse
from bedplate.model.pin import PinStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.model.image_use import SkippedUse
    from bedplate.model.pin import Pin
    from bedplate.model.reference import Reference
    from bedplate.updating.answer import Answer
    from bedplate.updating.lockfile import Locked
    from bedplate.updating.pin_file import Answers, NamedImages

NOT_PINNED = "not pinned"  # the note of a place without a digest


def to_verify(named: NamedImages, lock: Mapping[str, Locked] | None) -> Iterator[Reference]:
    """Yield what must be asked first: the tag of each pin, or its digest where no tag stands."""
    for use, reference in named.uses():
        pinned = _pinned(use, reference, lock)
        if pinned:
            yield _asked(reference)


def verify_file(
    named: NamedImages, answers: Answers, lock: Mapping[str, Locked] | None
) -> tuple[Pin, ...]:
    """Check the pins of a file.

    Args:
        named: the file.
        answers: asked for tags, and for digests that tags don't have any more.
        lock: from `bedplate.lock`; None when there is none.
    """

    def judge(use: ImageUse, reference: Reference) -> Pin:
        digest = _pinned(use, reference, lock)
        if digest:
            return _verify(named.pin(use, PinStatus.VERIFIED, digest), reference, answers)
        if lock is None:
            return named.pin(use, PinStatus.SKIPPED, note=NOT_PINNED)
        return named.pin(use, PinStatus.UNLOCKED, note="not in bedplate.lock")

    return tuple(_unreadable(one, pin) for one, pin in named.pins(judge).items())


def _unreadable(one: ImageUse | SkippedUse, pin: Pin) -> Pin:
    """Take a pin that is no digest at all for one that can't be pulled."""
    if pin.status is PinStatus.SKIPPED and isinstance(one, ImageUse) and one.digest:
        return replace(pin, status=PinStatus.GONE)
    return pin


def _pinned(use: ImageUse, reference: Reference, lock: Mapping[str, Locked] | None) -> str:
    if use.digest:
        return use.digest
    locked = (lock or {}).get(str(reference.with_default_tag()))
    return locked.digest if locked else ""


def _asked(reference: Reference) -> Reference:
    return replace(reference, digest=None) if reference.tag else reference.with_default_tag()


def _verify(pin: Pin, reference: Reference, answers: Answers) -> Pin:
    asked = _asked(reference)
    answer = answers.of(asked)
    if answer.digest == pin.digest:
        return replace(pin, note=answer.note, observed=answer.observed)
    if answer.failure and not answer.gone:
        return replace(pin, status=PinStatus.UNEXAMINED, note=answer.failure)
    if answer.dated:
        note = f"{answer.note}, which has {answer.digest or 'nothing'}: too old to tell"
        return replace(pin, status=PinStatus.UNEXAMINED, note=note)
    if asked.digest is not None:
        return replace(pin, status=PinStatus.GONE, note="the registry has no such digest")
    return _moved(pin, answer, answers.of(_by_digest(reference, pin.digest)))


def _moved(pin: Pin, tag: Answer, old: Answer) -> Pin:
    """Tell a tag that moved on from a digest that can't be pulled any more."""
    says = "the tag is gone" if tag.gone else f"the tag says {tag.digest}"
    if old.gone:
        return replace(pin, status=PinStatus.GONE, note=f"the digest is gone, {says}")
    return replace(pin, status=PinStatus.DRIFTED, note=says, observed=tag.observed)


def _by_digest(reference: Reference, digest: str) -> Reference:
    return replace(reference, tag="", digest=Digest.parse(digest))
