"""One file: what to write for each image that it names, by the answers that were given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bedplate.errors import BadInput
from bedplate.model.image_use import ImageUse
from bedplate.model.pin import ChangedFile, Pin, PinStatus
from bedplate.repofiles import Replacement, rewrite
from bedplate.updating.pin_place import (
    contradicting,
    count_variables,
    obstacle,
    place_of,
    reference_of,
    unpin_obstacle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.image_use import SkippedUse
    from bedplate.model.reference import Reference
    from bedplate.updating.answer import Answer
    from bedplate.updating.edited_file import EditedFile

ALREADY_PINNED = "already pinned"


class Answers(Protocol):
    """Knows digests."""

    def of(self, reference: Reference) -> Answer:
        """Give the digest of a reference, or why there is none."""
        ...

    def exact_tag(self, reference: Reference) -> str:
        """Give the exact tag that has the same digest; empty when none is known."""
        ...


@dataclass(frozen=True, slots=True)
class NamedImages:
    """A file and what it names.

    Args:
        file: as it was read.
        found: uses and what could not be resolved, in the order of the file.
    """

    file: EditedFile
    found: tuple[ImageUse | SkippedUse, ...]

    def uses(self) -> Iterator[tuple[ImageUse, Reference]]:
        """Yield the uses that name an image which can be asked for."""
        for one in self.found:
            if isinstance(one, ImageUse):
                reference = reference_of(one)
                if not isinstance(reference, str):
                    yield one, reference

    def pins(self, judge: Callable[[ImageUse, Reference], Pin]) -> dict[ImageUse | SkippedUse, Pin]:
        """Judge every use; what can't be judged is skipped with the reason."""
        return {one: self._judged(one, judge) for one in self.found}

    def _judged(
        self, one: ImageUse | SkippedUse, judge: Callable[[ImageUse, Reference], Pin]
    ) -> Pin:
        if not isinstance(one, ImageUse):
            return Pin(self.file.path, one.line, one.what, PinStatus.SKIPPED, note=one.reason)
        reference = reference_of(one)
        if isinstance(reference, str):
            return self.pin(one, PinStatus.SKIPPED, note=reference)
        return judge(one, reference)

    def pin(self, use: ImageUse, status: PinStatus, digest: str = "", note: str = "") -> Pin:
        """Make the outcome of a use."""
        return Pin(self.file.path, use.line, use.text, status, digest, note=note)


def waits_for_answer(named: NamedImages) -> Iterator[Reference]:
    """Yield the references whose digests a file waits for."""
    variables = count_variables(named.file.text)
    for use, reference in named.uses():
        if not use.digest and not obstacle(use, named.file.text, variables):
            yield reference.with_default_tag()


def pin_file(
    named: NamedImages, answers: Answers, *, expand: bool
) -> tuple[tuple[Pin, ...], ChangedFile | None]:
    """Plan the pins of a file.

    Args:
        named: the file.
        answers: knows what `waits_for_answer` yielded.
        expand: narrow floating tags to the exact ones of the same digest.

    Returns:
        what becomes of each image, and the new text; None when nothing changes.
    """
    text = named.file.text
    variables = count_variables(text)
    changes: dict[ImageUse | SkippedUse, Replacement] = {}

    def judge(use: ImageUse, reference: Reference) -> Pin:
        if use.digest:
            return named.pin(use, PinStatus.KEPT, use.digest, ALREADY_PINNED)
        reason = obstacle(use, text, variables)
        if reason:
            return named.pin(use, PinStatus.SKIPPED, note=reason)
        asked = reference.with_default_tag()
        answer = answers.of(asked)
        if answer.failure:
            return named.pin(use, PinStatus.UNEXAMINED, note=answer.failure)
        tag = (answers.exact_tag(asked) if expand else "") or asked.tag
        note = answer.note
        if expand and tag == asked.tag:
            note = "; ".join(filter(None, (note, "no exacter tag has this digest")))
        pin = named.pin(use, PinStatus.PINNED, answer.digest, note)
        pin = replace(pin, tag=tag if tag != use.tag else "", observed=answer.observed)
        changes[use] = Replacement(use, tag=tag, digest=answer.digest)
        return pin

    return _apply(named, named.pins(judge), changes)


def unpin_file(named: NamedImages) -> tuple[tuple[Pin, ...], ChangedFile | None]:
    """Plan taking every digest of a file away; tags stay."""
    changes: dict[ImageUse | SkippedUse, Replacement] = {}

    def judge(use: ImageUse, _: Reference) -> Pin:
        if not use.digest:
            return named.pin(use, PinStatus.KEPT, note="not pinned")
        reason = unpin_obstacle(use, named.file.text)
        if reason:
            return named.pin(use, PinStatus.SKIPPED, use.digest, reason)
        pin = replace(named.pin(use, PinStatus.UNPINNED), image=use.text.partition("@")[0])
        changes[use] = Replacement(use, digest="")
        return pin

    return _apply(named, named.pins(judge), changes)


def _apply(
    named: NamedImages,
    pins: dict[ImageUse | SkippedUse, Pin],
    changes: dict[ImageUse | SkippedUse, Replacement],
) -> tuple[tuple[Pin, ...], ChangedFile | None]:
    clashes = contradicting(changes.values())
    for use, change in list(changes.items()):
        if place_of(change.use) in clashes:
            pins[use] = _refuse(pins[use], "shares its tag with another image: pin it by hand")
            del changes[use]
    old, path = named.file.text, named.file.path
    try:
        new = rewrite(path, old, changes.values())
    except BadInput as error:  # nothing of the file is changed then
        pins |= {use: _refuse(pins[use], error.message) for use in changes}
        return tuple(pins.values()), None
    return tuple(pins.values()), ChangedFile(path, old, new) if new != old else None


def _refuse(pin: Pin, reason: str) -> Pin:
    return replace(pin, status=PinStatus.SKIPPED, digest="", tag="", note=reason, observed="")
