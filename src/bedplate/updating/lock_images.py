"""Keep the digests of a repository's images beside its files instead of in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.pin import Pin, PinStatus
from bedplate.updating.lockfile import Locked
from bedplate.updating.pin_file import ALREADY_PINNED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedplate.model.image_use import ImageUse
    from bedplate.model.reference import Reference
    from bedplate.updating.pin_file import Answers, NamedImages


def waits_for_lock(
    named: Sequence[NamedImages], lock: Mapping[str, Locked]
) -> tuple[Reference, ...]:
    """Give the references that are neither pinned in their file nor locked."""
    wanted = (
        reference.with_default_tag()
        for one in named
        for use, reference in one.uses()
        if not use.digest
    )
    return tuple(reference for reference in wanted if str(reference) not in lock)


def lock_images(
    named: Sequence[NamedImages], lock: Mapping[str, Locked], answers: Answers, *, prune: bool
) -> tuple[tuple[Pin, ...], dict[str, Locked]]:
    """Add what is not locked yet; what is locked stays as it is.

    Args:
        named: the files.
        lock: what is locked already.
        answers: knows what `waits_for_lock` gave.
        prune: forget what none of the files names.

    Returns:
        what became of each image, and the new lock.
    """
    new = dict(lock)
    used: set[str] = set()
    pins: list[Pin] = []
    for one in named:

        def judge(use: ImageUse, reference: Reference, one: NamedImages = one) -> Pin:
            if use.digest:
                return one.pin(use, PinStatus.KEPT, use.digest, ALREADY_PINNED)
            asked = reference.with_default_tag()
            key = str(asked)
            used.add(key)
            if key in lock:
                pin = one.pin(use, PinStatus.KEPT, lock[key].digest, "already locked")
                return replace(pin, observed=lock[key].date)
            answer = answers.of(asked)
            if answer.failure:
                return one.pin(use, PinStatus.UNEXAMINED, note=answer.failure)
            new[key] = Locked(answer.digest, answer.observed)
            pin = one.pin(use, PinStatus.PINNED, answer.digest, answer.note)
            return replace(pin, observed=answer.observed)

        pins += one.pins(judge).values()
    kept = new if not prune else {key: new[key] for key in new if key in used}
    return tuple(pins), kept


def drop_images(
    named: Sequence[NamedImages], lock: Mapping[str, Locked]
) -> tuple[tuple[Pin, ...], dict[str, Locked]]:
    """Forget the images that the files name; as `lock_images`, with nobody to ask."""
    new = dict(lock)
    pins: list[Pin] = []
    for one in named:

        def judge(use: ImageUse, reference: Reference, one: NamedImages = one) -> Pin:
            key = str(reference.with_default_tag())
            if key not in lock or use.digest:
                return one.pin(use, PinStatus.KEPT, use.digest, "not in the lock file")
            new.pop(key, None)
            return one.pin(use, PinStatus.UNPINNED)

        pins += one.pins(judge).values()
    return tuple(pins), new
