"""Tell which images of a repository are behind, and what they could move to."""

from __future__ import annotations

import posixpath
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidPlatform, LimitExceeded
from bedplate.facts.end_of_life import lookup
from bedplate.flows.catalog_publications import CatalogPublications
from bedplate.flows.hub_times import hub_clock
from bedplate.flows.pin_files import read_named
from bedplate.flows.publications import RegistryPublications
from bedplate.model.image_use import ImageUse, SkippedUse
from bedplate.model.outdated_report import OutdatedReport, OutdatedRow
from bedplate.model.platform import Platform
from bedplate.model.skipped import Skipped
from bedplate.model.tag_choice import Axis
from bedplate.updating.decide import Means, Question, decide, exactly
from bedplate.updating.pin_place import reference_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bedplate.flows.image_deltas import ImageDeltas
    from bedplate.flows.session import Session
    from bedplate.model.decision import Decision
    from bedplate.model.reference import Reference
    from bedplate.model.update_policy import UpdatePolicy, UpdateSettings
    from bedplate.updating.pin_file import NamedImages
    from bedplate.updating.published import Publications

_AT_ONCE = 16
_MAX_IMAGES = 5_000
_EMPTY = "docker.io/library/scratch"  # a reserved name, no image


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a run knows beside its session.

    Args:
        settings: what may be updated, and how.
        now: with a zone.
        deltas: compares images; None to compare nothing.
        gates: refuse candidates by what the comparison shows.
        below: where the folder of a run is, from the top of the repository; empty at the top.
    """

    settings: UpdateSettings
    now: dt.datetime
    deltas: ImageDeltas | None = None
    gates: bool = True
    below: str = ""


def outdated(
    folder: Path, paths: Sequence[str], session: Session, outlook: Outlook
) -> OutdatedReport:
    """Find what is behind.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        session: offline, the catalog answers.
        outlook: what may be moved to.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
        LimitExceeded: more images than one run should ask for.
    """
    named, skipped = read_named(folder, paths)
    return outdated_images(named, session, outlook, skipped)


def outdated_images(
    named: Sequence[NamedImages],
    session: Session,
    outlook: Outlook,
    skipped: Sequence[Skipped] = (),
) -> OutdatedReport:
    """Do the same with files that were read."""
    places, unread = _places(named, session, outlook)
    publications = _publications(session, outlook)
    ends = partial(lookup, today=session.today)
    means = Means(publications, ends, outlook.now)
    decisions = _decide_all((question for *_, question in places), means)
    if outlook.deltas is not None and outlook.gates:
        # one after the other: answers of registries are kept, and layers take the whole line
        closer = replace(means, gatekeeper=outlook.deltas)
        for question, decision in decisions.items():
            if decision.candidate is not None:
                decisions[question] = decide(question, closer)
    rows = [
        _row(path, use, question, decisions[question], outlook) for path, use, question in places
    ]
    return OutdatedReport(
        tuple(rows),
        skipped=(*outlook.settings.skipped, *skipped, *unread),
        files=len(named),
        sources=outlook.settings.sources,
        notes=_expired(outlook.settings, session.today),
        as_of=publications.as_of if isinstance(publications, CatalogPublications) else "",
    )


def _publications(session: Session, outlook: Outlook) -> Publications:
    if session.offline:
        session.notify("offline: tags and digests are those of the catalog")
        return CatalogPublications(session)
    api = outlook.settings.hub_api
    pushed = hub_clock(session.access.registry().http, api) if api else None
    return RegistryPublications(session, pushed)


def _places(
    named: Sequence[NamedImages], session: Session, outlook: Outlook
) -> tuple[list[tuple[str, ImageUse, Question]], list[Skipped]]:
    """List what to ask about, and what can't be asked about."""
    places: list[tuple[str, ImageUse, Question]] = []
    skipped: list[Skipped] = []
    for one in named:
        path = one.file.path
        for use in one.found:
            reference = use.reason if isinstance(use, SkippedUse) else reference_of(use)
            if isinstance(use, SkippedUse) or isinstance(reference, str):
                what = use.what if isinstance(use, SkippedUse) else use.text
                skipped.append(Skipped(f"{path}:{use.line}: {what}", str(reference)))
                continue
            if reference.name == _EMPTY:
                continue
            reference = reference.with_default_tag()
            question = _question(path, use, reference, session, outlook)
            if question.policy.enabled and question.policy.axes:
                places.append((path, use, question))
    return places, skipped


def _question(
    path: str, use: ImageUse, reference: Reference, session: Session, outlook: Outlook
) -> Question:
    platforms = _platforms(use, session)
    place = posixpath.normpath(posixpath.join(outlook.below, path))

    def policy(*axes: Axis) -> UpdatePolicy:
        found = outlook.settings.policy_for(
            place, names_of(reference), use.kind, session.today, axes or None
        )
        return replace(found, platforms=platforms) if platforms else found

    general = policy()
    by_axis = ((axis, replace(policy(axis), axes=general.axes)) for axis in Axis)
    return Question(reference, general, tuple(one for one in by_axis if one[1] != general))


def _platforms(use: ImageUse, session: Session) -> tuple[Platform, ...]:
    """Give the platform that the user, or the file, names."""
    if session.platform_asked:
        return (session.platform,)
    try:
        return (Platform.parse(use.platform),) if use.platform else ()
    except InvalidPlatform:  # a variable that only the builder knows
        return ()


def names_of(reference: Reference) -> tuple[str, ...]:
    """List the names by which rules may call an image."""
    names = (reference.name, reference.familiar_name, reference.repository)
    return tuple(dict.fromkeys(names))


def _decide_all(questions: Iterable[Question], means: Means) -> dict[Question, Decision]:
    wanted = list(dict.fromkeys(questions))
    if len(wanted) > _MAX_IMAGES:
        raise LimitExceeded(
            f"{len(wanted):,} different images are more than {_MAX_IMAGES:,}", "name fewer paths"
        )
    if not wanted:
        return {}
    with ThreadPoolExecutor(min(_AT_ONCE, len(wanted))) as pool:
        answers = pool.map(lambda one: decide(one, means), wanted)
        return dict(zip(wanted, answers, strict=True))


def _row(
    path: str, use: ImageUse, question: Question, decision: Decision, outlook: Outlook
) -> OutdatedRow:
    reference, candidate, deltas = question.reference, decision.candidate, outlook.deltas
    if candidate is None:
        return OutdatedRow(path, use, reference, decision, question.policy)
    policy = question.policy_for(candidate.axis)
    if deltas is None:
        return OutdatedRow(path, use, reference, decision, policy)
    exact = exactly(reference, decision.current_digest)
    delta = deltas.of(exact, candidate, policy)
    if outlook.gates:
        unknown = deltas.unknown(exact, candidate)
        decision = replace(decision, notes=(*decision.notes, *unknown))
    return OutdatedRow(path, use, reference, decision, policy, delta)


def _expired(settings: UpdateSettings, today: dt.date) -> tuple[str, ...]:
    """Name the rules that ended, so that nobody wonders why an image moves again."""
    return tuple(
        f"{one.source}: the rule for {', '.join(one.images or one.files) or 'all images'} ended "
        f"on {one.until}" + (f" ({one.reason})" if one.reason else "")
        for one in settings.rules
        if one.until is not None and one.until < today
    )
