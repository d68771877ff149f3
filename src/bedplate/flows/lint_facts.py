"""Lint images by what the registry or the catalog know of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import (
    BedplateError,
    InvalidPlatform,
    InvalidReference,
    RateLimited,
    RegistryUnreachable,
)
from bedplate.flows.catalog_evidence import with_catalog
from bedplate.flows.live_evidence import live_evidence
from bedplate.linting.evidence import Evidence
from bedplate.linting.fact_checking import check_facts
from bedplate.linting.fact_settings import FactSettings
from bedplate.linting.linted_image import LintedImage
from bedplate.linting.settings import LintSettings
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.flows.package_facts import Absences
    from bedplate.flows.session import Session
    from bedplate.model.image_use import ImageUse
    from bedplate.model.violation import Violation
    from bedplate.registry.client import RegistryClient

_AT_ONCE = 8
_EMPTY = "docker.io/library/scratch"  # a reserved name, no image
_OFFLINE = "offline: whether its digest is still there and what its tag is today was not asked"
_UNKNOWN = "offline, and the catalog does not know it"


class _Question(NamedTuple):
    """An image to find out about, and the platform of the first place that names it."""

    reference: Reference
    platform: Platform


def facts_violations(
    uses: Iterable[tuple[str, ImageUse]],
    session: Session,
    config: LintSettings | None = None,
    settings: FactSettings | None = None,
    absent: Absences | None = None,
) -> list[Violation | Skipped]:
    """Find what is wrong with the images that files name.

    Each distinct image is asked for once, whoever names it: at most two requests. Offline, and
    where the registry does not answer, the catalog does.

    Args:
        uses: path of a file, and a place in it that names an image.
        session: registry, catalog, day; offline no registry is asked.
        config: which rules the user selected or left out.
        settings: platforms, months and days that the user decided on.
        absent: packages that are not in the release of an image, by path and stage.

    Returns:
        violations by path and line; then what could not be found out, and why.
    """
    config, settings = config or LintSettings(), settings or FactSettings()
    if session.platform_asked and not settings.platforms:
        settings = replace(settings, platforms=(session.platform,))
    places: list[tuple[str, ImageUse, str]] = []
    questions: dict[str, _Question] = {}
    skipped: dict[tuple[str, str], Skipped] = {}
    for path, use in uses:
        try:
            reference = Reference.parse(use.text).with_default_tag()
        except InvalidReference as error:
            skipped[use.text, path] = Skipped(use.text, error.message)
            continue
        if reference.name == _EMPTY:
            continue
        key = str(reference)
        questions.setdefault(key, _Question(reference, _platform(use, session)))
        places.append((path, use, key))
    evidence = gather(questions, session)
    found: list[Violation] = []
    for path, use, key in places:
        missing = (absent or {}).get((path, use.stage), ()) if use.role == "from" else ()
        image = LintedImage(use, evidence[key], session.today, settings, missing)
        found += check_facts(image, path, config)
    found.sort(key=lambda one: (one.path, one.line, one.span, one.rule))
    for known in evidence.values():
        for reason in known.unasked:
            skipped[str(known.reference), reason] = Skipped(known.reference.familiar, reason)
    return [*found, *skipped.values()]


def _platform(use: ImageUse, session: Session) -> Platform:
    try:
        return Platform.parse(use.platform) if use.platform else session.platform
    except InvalidPlatform:  # a variable that only the builder knows
        return session.platform


def gather(questions: dict[str, _Question], session: Session) -> dict[str, Evidence]:
    """Find out about every image, from registries side by side, then from the catalog."""
    if session.offline:
        if questions:
            session.notify("offline: the facts of images are those of the catalog")
        live = {key: Evidence(question.reference) for key, question in questions.items()}
    else:
        live = _ask_all(questions, session)
    found = {}
    for key, question in questions.items():
        evidence = with_catalog(live[key], question.platform, session)
        if session.offline:
            evidence = replace(evidence, unasked=_unasked_offline(evidence))
        found[key] = evidence
    return found


def _unasked_offline(evidence: Evidence) -> tuple[str, ...]:
    if not evidence.catalog_date:
        return (_UNKNOWN,)
    return (_OFFLINE,) if evidence.reference.digest else ()


def _ask_all(questions: dict[str, _Question], session: Session) -> dict[str, Evidence]:
    # lazy: offline needs no threads
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    if not questions:
        return {}
    client = session.access.registry()
    silent: dict[str, str] = {}

    def ask(question: _Question) -> Evidence:
        return _ask(question, client, silent)

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return dict(zip(questions, pool.map(ask, questions.values()), strict=True))


def _ask(question: _Question, client: RegistryClient, silent: dict[str, str]) -> Evidence:
    """Ask a registry, unless it was silent before: each silence costs a time-out."""
    reference = question.reference
    reason = silent.get(reference.registry)
    if reason is None:
        try:
            return live_evidence(reference, question.platform, client)
        except (RegistryUnreachable, RateLimited) as error:
            reason = silent.setdefault(reference.registry, error.message)
        except BedplateError as error:
            reason = error.message
    return Evidence(reference, unasked=(reason,))
