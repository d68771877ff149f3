"""Scan the images that final stages stand on, and look for a newer one that passes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, InvalidPlatform
from bedplate.flows.check_axes import within
from bedplate.flows.outdated import outdated_images
from bedplate.flows.scan import TOO_OLD, scan
from bedplate.matching.gate import parse_gate
from bedplate.model.check_report import Part, PartResult, Problem
from bedplate.model.platform import Platform
from bedplate.model.severity import Severity
from bedplate.model.skipped import Skipped
from bedplate.reporting.vulnerability_words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.flows.check_request import CheckRequest
    from bedplate.flows.session import Session
    from bedplate.model.image_use import ImageUse
    from bedplate.model.scan_report import ScanReport
    from bedplate.updating.pin_file import NamedImages

_EMPTY = "docker.io/library/scratch"  # a reserved name, no image
_NOTHING = "nothing was recognised, or no advisories are there for it"
_EXCEPT = "or name the finding with a reason in .bedplate-ignore.toml"


class BaseScans:
    """Scans each image once, and asks the gates of the check.

    Args:
        session: means and permissions.
        request: the policy, and the settings of each part.
    """

    def __init__(self, session: Session, request: CheckRequest) -> None:
        self._session = session
        self._request = request
        gates = request.policy.gates or ()
        has_baseline = request.scan.known is not None
        self._asked = replace(
            request.scan, gates=tuple(parse_gate(text, has_baseline=has_baseline) for text in gates)
        )
        self._refresh = request.refresher(session) if request.refresher else None
        self._known: dict[tuple[str, str], ScanReport | Skipped] = {}
        self._passing: dict[tuple[str, str], bool] = {}

    def of_files(self, named: Sequence[NamedImages]) -> PartResult:
        """Scan the images that final stages of files stand on."""
        problems: list[Problem] = []
        for one in named:
            for use in _final(one):
                report = self._scan(use.text, use.platform)
                if not isinstance(report, Skipped) and report.verdict.failed:
                    problems += self._problems(one, use, report)
        return self._result(problems)

    def of_image(self, name: str) -> PartResult:
        """Scan an image that no registry has."""
        report = self._scan(name, "")
        failed = () if isinstance(report, Skipped) else report.verdict.reasons
        return self._result(_problem(name, 0, reason, _EXCEPT[3:]) for reason in failed)

    def _result(self, problems: Iterable[Problem]) -> PartResult:
        found = list(self._known.values())
        scans = [scan for one in found if not isinstance(one, Skipped) for scan in one.scans]
        unknown = [Skipped(one.facts.name, _NOTHING) for one in scans if not one.examined]
        return PartResult(
            Part.SCAN,
            looked_at=plural(len(self._known), "image"),
            problems=tuple(problems),
            unexamined=(*(one for one in found if isinstance(one, Skipped)), *unknown),
            notes=tuple(dict.fromkeys(f"{s.facts.name}: {w}" for s in scans for w in s.warnings)),
        )

    def _scan(self, name: str, platform: str) -> ScanReport | Skipped:
        """Scan an image once; one that can't be looked at must not stop the others."""
        key = name, platform
        if key not in self._known:
            self._known[key] = self._scanned(name, platform)
        return self._known[key]

    def _scanned(self, name: str, platform: str) -> ScanReport | Skipped:
        session = self._session
        try:
            if platform and not session.platform_asked:
                session = replace(session, platform=Platform.parse(platform), platform_asked=True)
        except InvalidPlatform:  # a variable that only the builder knows
            pass
        try:
            return scan([name], session, self._asked, self._refresh)
        except BedplateError as error:
            return Skipped(name, error.message)

    def _problems(self, named: NamedImages, use: ImageUse, report: ScanReport) -> Iterator[Problem]:
        path, line = named.file.path, use.line
        for reason in report.verdict.reasons:
            newer, remedy = "", "bedplate db update"
            if not reason.startswith(TOO_OLD):
                newer, remedy = self._remedy(named, use)
            yield _problem(path, line, f"{use.text}: {reason}", remedy, newer)

    def _remedy(self, named: NamedImages, use: ImageUse) -> tuple[str, str]:
        """Find what to write instead: the nearest newer image that passes.

        The move that the check waits for goes first, then whatever the policy of updates allows.
        """
        request = self._request
        tried: list[str] = []
        for outlook in (within(request.outlook, request.policy.outdated), request.outlook):
            only = replace(named, found=(use,))
            rows = outdated_images([only], self._session, outlook).rows
            newer = rows[0].newer if rows else ""
            if not newer or newer in tried:
                continue
            tried.append(newer)
            if self._passes(newer, use.platform):
                return newer, f"write {newer}, which passes"
        if not tried:
            return "", f"there is no newer image under the policy: take another one, {_EXCEPT}"
        return "", f"{', '.join(tried)}: not better: take another one, {_EXCEPT}"

    def _passes(self, name: str, platform: str) -> bool:
        """Scan what could be written instead; what could not be examined does not pass."""
        key = name, platform
        if key not in self._passing:
            report = self._scanned(name, platform)
            self._passing[key] = (
                not isinstance(report, Skipped)
                and not report.verdict.failed
                and all(one.examined for one in report.scans)
            )
        return self._passing[key]


def _final(named: NamedImages) -> Iterator[ImageUse]:
    for use, reference in named.uses():
        if use.final and use.role == "from" and reference.name != _EMPTY:
            yield use


def _problem(path: str, line: int, message: str, remedy: str, newer: str = "") -> Problem:
    return Problem(
        Part.SCAN,
        "scan",
        Severity.ERROR,
        message,
        path,
        line,
        remedy,
        fails=True,
        replacement=newer,
    )
