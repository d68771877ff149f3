"""One image, one policy -> what it should move to, and what was refused on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bedplate.errors import InvalidVersion
from bedplate.model.candidate import Candidate
from bedplate.model.decision import Decision, Refusal, RefusedCandidate
from bedplate.model.digest import Digest
from bedplate.model.tag_choice import Axis
from bedplate.updating.candidates import can_move, choices, count_newer, is_ignored
from bedplate.updating.cooldown import is_older, too_young
from bedplate.updating.platforms import lost_platforms, same_content
from bedplate.updating.published import Listed, Published

if TYPE_CHECKING:
    import datetime as dt

    from bedplate.model.reference import Reference
    from bedplate.model.tag_choice import TagChoice
    from bedplate.model.update_policy import UpdatePolicy
    from bedplate.updating.candidates import Ends
    from bedplate.updating.published import Publications

_TRIES = 8  # candidates that are looked at, each by a request
_LISTED = 20  # refusals that are kept


class Gatekeeper(Protocol):
    """Looks at a candidate as closely as it takes."""

    def refusal(self, reference: Reference, candidate: Candidate, policy: UpdatePolicy) -> str:
        """Say why it is not taken, empty when it is."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """What decisions are made with.

    Args:
        publications: answers of registries or the catalog.
        ends: end of life by product and cycle.
        now: with a zone.
        gatekeeper: asked last; None to take what passes all else.
    """

    publications: Publications
    ends: Ends
    now: dt.datetime
    gatekeeper: Gatekeeper | None = None


class Question(NamedTuple):
    """An image, and what holds for it.

    Args:
        reference: as the file has it, with its default tag.
        policy: whatever moves.
        by_axis: what holds instead for moves of an axis.
    """

    reference: Reference
    policy: UpdatePolicy
    by_axis: tuple[tuple[Axis, UpdatePolicy], ...] = ()

    def policy_for(self, axis: Axis) -> UpdatePolicy:
        """Give what holds for a move."""
        return dict(self.by_axis).get(axis, self.policy)


def decide(question: Question, means: Means) -> Decision:
    """Decide what an image should move to.

    Tags go first, the newest that passes everything; else the digest of the tag that stands
    there. Three questions at most, unless candidates are refused: the tags, the current image,
    the candidate.

    Args:
        question: the image, and what holds for it.
        means: whom to ask.
    """
    if not question.reference.tag:
        return Decision(notes=("named by its digest alone: there is nothing newer to look for",))
    try:
        return _Deciding(question, means).decision()
    except InvalidVersion as error:
        return Decision(failure=error.message)


def exactly(reference: Reference, digest: str) -> Reference:
    """Give a reference with the digest that its tag has, where it names none itself."""
    if reference.digest is not None or not digest:
        return reference
    return replace(reference, digest=Digest.parse(digest))


class _Deciding:
    def __init__(self, question: Question, means: Means) -> None:
        self._question = question
        self._reference, self._policy = question.reference, question.policy
        self._means = means
        self._refused: list[RefusedCandidate] = []
        self._more = 0
        self._notes: list[str] = []
        self._current = Published()
        self._place = self._reference  # by which the current image was asked for

    def decision(self) -> Decision:
        ask = self._means.publications
        listed = ask.tags(self._reference) if can_move(self._reference) else Listed()
        if listed.failure:
            return Decision(failure=listed.failure)
        if listed.note:
            self._notes.append(listed.note)
        self._current = self._ask_current(listed)
        if self._current.failure and not self._current.gone:
            return Decision(failure=self._current.failure)
        if self._current.gone and not listed.tags:
            return Decision(failure=self._current.failure)
        found = self._newer_tag(listed)
        if isinstance(found, Decision):
            return found
        return self._answer(found or self._newer_digest())

    def _ask_current(self, listed: Listed) -> Published:
        """Ask for the tag, or for the digest where the tag is not listed any more."""
        reference = self._reference
        gone = bool(listed.tags) and reference.tag not in listed.tags
        if gone:
            self._notes.append(f"the registry does not list the tag {reference.tag} any more")
        by_digest = gone and reference.digest is not None
        self._place = reference.to_pull() if by_digest else replace(reference, digest=None)
        return self._means.publications.published(self._place)

    def _newer_tag(self, listed: Listed) -> Candidate | Decision | None:
        means, reference = self._means, self._reference
        today, tried = means.now.date(), 0
        for choice in choices(reference, listed.tags, self._policy, means.ends, today):
            tag = choice.chosen.text
            if choice.moves and is_ignored(choice.chosen, self._policy):
                self._ignore(tag)
                continue
            if not choice.moves or tried == _TRIES:
                self._keep(choice)
                if choice.moves:
                    self._notes.append(f"{_TRIES} candidates were refused, no others looked at")
                return None
            tried += 1
            place = replace(reference, tag=tag, digest=None)
            found = means.publications.published(place)
            if found.failure and not found.gone:
                return Decision(failure=found.failure, refused=tuple(self._refused))
            behind = count_newer(choice.current, choice.chosen, listed.tags)
            candidate = self._judged(Candidate(tag, choice.axes, behind=behind), place, found)
            if candidate is not None:
                self._keep(choice)
                return candidate
        return None

    def _ignore(self, tag: str) -> None:
        ranges = ", ".join(self._policy.ignored)
        if len(self._refused) < _LISTED:
            self._refused.append(RefusedCandidate(tag, Refusal.IGNORED, f"in {ranges}"))
        else:
            self._more += 1

    def _keep(self, choice: TagChoice) -> None:
        """Put what the policy refused behind what was looked at closer."""
        known = {one.tag for one in self._refused}
        self._refused += (
            RefusedCandidate(one.tag, one.reason, one.detail)
            for one in choice.refused
            if one.tag not in known
        )
        self._more += choice.more_refused + max(0, len(self._refused) - _LISTED)
        del self._refused[_LISTED:]

    def _newer_digest(self) -> Candidate | None:
        """Give the digest of the tag, where the file has another one or should have one."""
        pinned, current = self._reference.digest, self._current
        wanted = pinned is not None or self._policy.pin_digests
        if not wanted or Axis.DIGEST not in self._policy.axes or not current.digest:
            return None
        if pinned is not None and (
            str(pinned) == current.digest or str(pinned) in current.images.values()
        ):
            return None
        before = current
        if pinned is not None:
            before = self._means.publications.published(self._reference.to_pull())
            if before.gone:
                self._notes.append("the registry does not have the pinned digest any more")
            if same_content(before, current, self._policy.platforms):
                self._refuse_digest(Refusal.SAME_CONTENT, "the same for the platforms in use")
                return None
            if is_older(current, before):
                self._refuse_digest(Refusal.OLDER_BUILD, f"is of {current.created[:40]}")
                return None
        candidate = Candidate(self._reference.tag, (Axis.DIGEST,))
        place = replace(self._reference, digest=None)
        return self._judged(candidate, place, current, before)

    def _refuse_digest(self, reason: Refusal, detail: str) -> None:
        tag, digest = self._reference.tag, self._current.digest
        self._refused.insert(0, RefusedCandidate(tag, reason, detail, digest))

    def _judged(
        self,
        candidate: Candidate,
        place: Reference,
        found: Published,
        before: Published | None = None,
    ) -> Candidate | None:
        """Look at a candidate closer; None when it is refused."""
        policy, means = self._question.policy_for(candidate.axis), self._means
        digest_only = found.digest if candidate.axis is Axis.DIGEST else ""

        def refuse(reason: str, detail: str) -> None:
            self._refused.append(RefusedCandidate(candidate.tag, reason, detail, digest_only))

        if found.gone:
            refuse(Refusal.NOT_EXAMINED, "is listed, but the registry does not have it")
            return None
        if self._reference.digest is not None and not found.digest:
            refuse(Refusal.NOT_EXAMINED, "its digest is not known")
            return None
        before = before or self._before(found)
        has_platforms = bool(policy.platforms or before.platforms)
        if policy.minimum_age > 0 or (found.platforms is None and has_platforms):
            found = means.publications.looked_into(place)
        lost = lost_platforms(before, found, policy.platforms)
        if lost:
            unknown = "it is not known to be" if found.platforms is None else "not"
            refuse(Refusal.PLATFORM_LOST, f"{unknown} offered for {', '.join(map(str, lost))}")
            return None
        wait = too_young(found, policy, means.now)
        if wait is not None:
            refuse(*wait)
            return None
        candidate = _filled(candidate, found)
        if means.gatekeeper is not None:
            exact = exactly(self._reference, self._current.digest)
            reason = means.gatekeeper.refusal(exact, candidate, policy)
            if reason:
                refuse(Refusal.GATE, reason)
                return None
        return candidate

    def _before(self, found: Published) -> Published:
        """Give the current image, with its platform where an index is to take its place."""
        current = self._current
        if current.platforms is None and current.digest and found.platforms is not None:
            return self._means.publications.looked_into(self._place)
        return current

    def _answer(self, candidate: Candidate | None) -> Decision:
        platforms = self._current.platforms
        return Decision(
            candidate,
            tuple(self._refused),
            self._more,
            current_digest=self._current.digest,
            current_platforms=None if platforms is None else tuple(map(str, platforms)),
            notes=tuple(self._notes),
        )


def _filled(candidate: Candidate, found: Published) -> Candidate:
    platforms = None if found.platforms is None else tuple(map(str, found.platforms))
    return replace(
        candidate,
        digest=found.digest,
        platforms=platforms,
        created=found.created,
        time_source=found.time_source,
    )
