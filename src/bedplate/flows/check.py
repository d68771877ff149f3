"""Check a repository or an image: lint, pins, outdated and scan under one policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound, InvalidReference
from bedplate.flows.check_axes import within
from bedplate.flows.check_problems import (
    lint_problems,
    outdated_problems,
    pin_problems,
    rows_by_place,
    told_once,
)
from bedplate.flows.check_scan import BaseScans
from bedplate.flows.file_facts import file_facts
from bedplate.flows.lint import lint_paths
from bedplate.flows.outdated import outdated_images
from bedplate.flows.pin import verify_pins
from bedplate.flows.pin_answers import PinAnswers
from bedplate.flows.pin_files import read_named
from bedplate.flows.shared_registry import shared_registry
from bedplate.model.check_report import CheckReport, Part, PartResult
from bedplate.model.image_use import ImageUse
from bedplate.model.pin import PinStatus
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped
from bedplate.repofiles import images
from bedplate.repofiles.reading import kind_of
from bedplate.reporting.vulnerability_words import plural
from bedplate.updating.edited_file import EditedFile
from bedplate.updating.pin_file import NamedImages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.flows.check_request import CheckRequest
    from bedplate.flows.named_images import ImagePlaces
    from bedplate.flows.session import Session
    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.model.pin import Pin, PinReport
    from bedplate.model.violation import Violation


def check(
    folder: Path, paths: Sequence[str], session: Session, request: CheckRequest
) -> CheckReport:
    """Check files: the same bytes, registries and advisories give the same report.

    Registries are asked each question once, whichever part asks it.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        session: offline, the catalog answers.
        request: the policy, and the settings of each part.

    Raises:
        BadInput: a path that is not there, a file named here that can't be read, or settings.
    """
    session = shared_registry(session)
    policy = request.policy
    named, unread = read_named(folder, paths)
    behind: OutdatedReport | None = None
    if policy.outdated:
        behind = outdated_images(named, session, within(request.outlook, policy.outdated), unread)
    scans = BaseScans(session, request)
    pins = _pins(folder, paths, session, request, behind)
    parts = (
        _without(_lint(folder, paths, session, request), pins),
        pins,
        _without(_outdated(behind, request), pins),
        scans.of_files(named) if policy.gates is not None else PartResult(Part.SCAN, on=False),
    )
    return CheckReport(_skipped_once(parts), policy.must_know, sources=_sources(request, behind))


def _skipped_once(parts: Sequence[PartResult]) -> tuple[PartResult, ...]:
    """Leave out what an earlier part has told of already."""
    told: set[Skipped] = set()
    found = []
    for part in parts:
        fresh = tuple(one for one in dict.fromkeys(part.skipped) if one not in told)
        found.append(replace(part, skipped=fresh))
        told.update(part.skipped, part.unexamined)
    return tuple(found)


def check_image(name: str, session: Session, request: CheckRequest) -> CheckReport:
    """Check one image: whether it is behind, and its vulnerabilities.

    Args:
        name: `[scheme:]location`; whether it is behind can be told of references alone. One
            without a tag is taken for a path with a slip: no registry is asked for that.
        session: offline, the catalog answers.
        request: the policy, and the settings of each part.

    Raises:
        ImageNotFound: neither a path nor an image.
    """
    session = shared_registry(session)
    policy = request.policy
    named = _as_file(name)
    behind = None
    if named is not None and policy.outdated:
        behind = outdated_images([named], session, within(request.outlook, policy.outdated))
    scans = BaseScans(session, request)
    found = PartResult(Part.SCAN, on=False)
    if policy.gates is not None:
        found = scans.of_files([named]) if named else scans.of_image(name)
    parts = (
        PartResult(Part.LINT, on=False),
        PartResult(Part.PINS, on=False),
        _outdated(behind, request),
        found,
    )
    return CheckReport(parts, policy.must_know, name, _sources(request, behind))


def _as_file(name: str) -> NamedImages | None:
    """Make of a reference a file that names it; None for images that are elsewhere."""
    text = name.removeprefix("docker://")
    if ":" not in text and "@" not in text:
        raise ImageNotFound(f"{name}: no such file or folder", "an image is named with its tag")
    try:
        Reference.parse(text)
    except InvalidReference:
        return None
    uses = [one for one in images("Dockerfile", f"FROM {text}\n") if isinstance(one, ImageUse)]
    return NamedImages(EditedFile(name, Path(name), None), tuple(uses))


def _sources(request: CheckRequest, behind: OutdatedReport | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*request.sources, *(behind.sources if behind else ()))))


def _without(part: PartResult, pins: PartResult) -> PartResult:
    return replace(part, problems=told_once(part.problems, pins.problems))


def _lint(
    folder: Path, paths: Sequence[str], session: Session, request: CheckRequest
) -> PartResult:
    if request.policy.lint is None:
        return PartResult(Part.LINT, on=False)

    def facts(texts: dict[str, str], named: ImagePlaces) -> tuple[list[Violation], list[Skipped]]:
        return file_facts(texts, session, request.lint, request.facts, request.packages, named)

    report = lint_paths(folder, paths, request.lint, facts=facts)
    unread = tuple(one for one in report.skipped if _is_dockerfile(folder, one.what))
    return PartResult(
        Part.LINT,
        looked_at=plural(len(report.texts), "file"),
        problems=tuple(lint_problems(report, request.policy)),
        unexamined=unread,
        skipped=tuple(one for one in report.skipped if one not in unread),
    )


def _is_dockerfile(folder: Path, name: str) -> bool:
    """Tell whether what was skipped is a whole Dockerfile: no gate may pass that unseen."""
    kind = kind_of(name, "FROM a")  # by its path alone: its text could not be read
    return kind is not None and kind.NAME == "dockerfile" and (folder / name).is_file()


def _pins(
    folder: Path,
    paths: Sequence[str],
    session: Session,
    request: CheckRequest,
    behind: OutdatedReport | None,
) -> PartResult:
    if not request.policy.pins:
        return PartResult(Part.PINS, on=False)
    report = verify_pins(folder, paths, session)
    rows = rows_by_place(behind)
    unknown = [one for one in report.pins if one.status is PinStatus.UNEXAMINED]
    pinned = sum(bool(one.digest) for one in report.pins)
    return PartResult(
        Part.PINS,
        looked_at=f"{pinned} of {plural(len(report.pins), 'image')} pinned",
        problems=tuple(pin_problems(report, request.policy, rows, _moved(report, session))),
        unexamined=tuple(
            Skipped(f"{one.path}:{one.line}: {one.image}", one.note) for one in unknown
        ),
        skipped=report.skipped,
    )


def _moved(report: PinReport, session: Session) -> dict[Pin, str]:
    """Give the references that drifted pins would be; their tags were asked already."""
    answers = PinAnswers(session)
    found = {}
    for pin in report.pins:
        if pin.status is PinStatus.DRIFTED and "@" in pin.image:
            tagged = pin.image.partition("@")[0]
            digest = answers.of(Reference.parse(tagged).with_default_tag()).digest
            if digest:
                found[pin] = f"{tagged}@{digest}"
    return found


def _outdated(report: OutdatedReport | None, request: CheckRequest) -> PartResult:
    if report is None:
        return PartResult(Part.OUTDATED, on=False)
    return PartResult(
        Part.OUTDATED,
        looked_at=plural(len(report.rows), "image"),
        problems=tuple(outdated_problems(report, request.policy)),
        unexamined=tuple(
            Skipped(f"{row.path}:{row.use.line}: {row.reference.familiar}", row.decision.failure)
            for row in report.unexamined
        ),
        skipped=report.skipped,
        notes=(f"offline: tags as of {report.as_of}, by the catalog",) if report.as_of else (),
    )
