"""Tells which known vulnerabilities images have, and whether they pass the gates."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advisories.stores import open_stores
from bedplate.errors import BedplateError
from bedplate.flows.inspect import inspected
from bedplate.flows.stage_bases import stage_bases
from bedplate.matching.baseline import apply_baseline
from bedplate.matching.gates import judge
from bedplate.matching.ignore import apply_ignores
from bedplate.matching.matching import match
from bedplate.matching.origin import with_origin
from bedplate.matching.reading import gravest_first
from bedplate.matching.vex import read_vex
from bedplate.matching.vex_matching import apply_vex
from bedplate.model.base_facts import BaseFacts
from bedplate.model.scan_report import Scan, ScanReport, Verdict
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedplate.advisories.stores import Stores
    from bedplate.flows.inspected import Inspected
    from bedplate.flows.scan_request import ScanRequest
    from bedplate.flows.session import Session
    from bedplate.model.finding import Finding
    from bedplate.model.store_manifest import StoreManifest
    from bedplate.model.vex import VexStatement

    Refresh = Callable[[BaseFacts], None]


TOO_OLD = "advisories are too old"


def scan(
    names: Sequence[str],
    session: Session,
    request: ScanRequest,
    refresh: Refresh | None = None,
) -> ScanReport:
    """Scan images, SBOMs and root file systems.

    Args:
        names: `[scheme:]location` of each.
        session: means and permissions; `inventory_from` says what tells the packages.
        request: what counts and what fails.
        refresh: fetches the advisories that an image needs; None to take what is there.

    Raises:
        BedplateError: an image can't be looked at, or a store can't be read.
    """
    vex = request.attested_vex
    looked_at = [one for name in names for one in inspected(name, session, vex=vex)]
    if refresh is not None:
        for one in looked_at:
            refresh(one.facts)
    staged, unread = _staged(session, request)
    if refresh is not None:
        for one, _ in staged:
            refresh(one.facts)
    with contextlib.closing(open_stores(session.advisory_folder)) as stores:
        scans = [_scan(one, stores, session, request) for one in looked_at]
        # findings of what only builds are told, and fail nothing: they are not shipped
        building = [
            replace(_scan(one, stores, session, request.for_stage()), stage=stage)
            for one, stage in staged
        ]
    return ScanReport(
        tuple(_shown(one, request) for one in (*scans, *building, *unread)),
        _verdict(scans, session, request),
        request.reading,
        session.today.isoformat(),
    )


def _staged(
    session: Session, request: ScanRequest
) -> tuple[list[tuple[Inspected, str]], list[Scan]]:
    """Look at the images of build stages; one that can't be had hides no other."""
    staged: list[tuple[Inspected, str]] = []
    unread: list[Scan] = []
    bases = stage_bases(request.dockerfile) if request.stages and request.dockerfile else ()
    for base in bases:
        if isinstance(base, Skipped):
            unread.append(Scan(BaseFacts(base.what), (), skipped=(base,), stage="?"))
            continue
        try:
            staged += [(one, base.stage) for one in inspected(base.image, session)]
        except BedplateError as error:
            reason = Skipped(base.image, error.message)
            unread.append(Scan(BaseFacts(base.image), (), skipped=(reason,), stage=base.stage))
    return staged, unread


def _scan(one: Inspected, stores: Stores, session: Session, request: ScanRequest) -> Scan:
    # the same image gives the same report, whether its layers were read now or before
    facts = replace(one.facts, origin=one.facts.origin.removesuffix(", cache"))
    result = match(
        facts.packages or (),
        stores,
        runtimes=facts.runtimes or (),
        distro=facts.distro,
        options=request.options,
    )
    statements, unread = _attested_vex(one)
    found = apply_vex(result.findings, (*statements, *request.vex), _names(facts))
    found, warnings = apply_ignores(found, request.ignores, session.today)
    if request.known is not None:
        found = apply_baseline(found, request.known, request.baseline)
    found = with_origin(found, facts, request.dockerfile)
    silenced = with_origin(result.suppressed, facts, request.dockerfile)
    return Scan(
        facts,
        findings=tuple(each for each in found if each.suppression is None),
        suppressed=(*silenced, *(each for each in found if each.suppression is not None)),
        stores=result.stores,
        unmatched=result.unmatched,
        inventory=_inventory(facts),
        warnings=(*_warnings(facts, result.stores, session, request), *warnings),
        skipped=(*facts.skipped, *unread),
        dockerfile=request.dockerfile_name,
    )


def _attested_vex(one: Inspected) -> tuple[list[VexStatement], list[Skipped]]:
    statements: list[VexStatement] = []
    unread: list[Skipped] = []
    for said in one.vex:
        source = f"VEX attestation {said.digest}" + (f" ({said.via})" if said.via else "")
        try:
            statements += read_vex(said.content, source)
        except BedplateError as error:
            unread.append(Skipped(source, error.message))
    return statements, unread


def _names(facts: BaseFacts) -> tuple[str, ...]:
    """List what a VEX document may call the image."""
    names = (facts.reference, facts.name, facts.index_digest, facts.manifest_digest)
    return tuple(name for name in names if name)


def _inventory(facts: BaseFacts) -> str:
    if facts.depth == "sbom":
        return "attestation" if facts.origin.endswith("attestation") else "sbom"
    return "catalog" if "catalog" in facts.origin else "layers"


def _warnings(
    facts: BaseFacts, stores: Iterable[StoreManifest], session: Session, request: ScanRequest
) -> list[str]:
    """Say what makes an answer less than it looks."""
    found = [
        f"{end.title} has not been supported since {end.date}: what is found from then on "
        "may never be listed"
        if end.date
        else f"{end.title} is not supported any more"
        for end in facts.end_of_life or ()
        if end.ended
    ]
    if facts.packages is None:
        found.append("the packages of this image are not known: nothing was looked up")
    old = [store for store in stores if _is_older(store, session.today, request.max_age)]
    found += [
        f"{store.title}: as of {store.as_of[:10]}, older than {request.max_age} days"
        for store in old
    ]
    return found


def _is_older(store: StoreManifest, today: dt.date, days: int | None) -> bool:
    if days is None:
        return False
    try:
        as_of = dt.date.fromisoformat(store.as_of[:10])
    except ValueError:
        return True
    return (today - as_of).days > days


def _verdict(scans: Sequence[Scan], session: Session, request: ScanRequest) -> Verdict:
    """Ask the gates of all that counts, shown or not."""
    findings = [finding for one in scans for finding in one.findings]
    said = judge(
        findings,
        request.gates,
        reading=request.reading,
        grace=request.grace,
        today=session.today,
    )
    old = dict.fromkeys(
        f"{TOO_OLD}: {store.title}, as of {store.as_of[:10]}"
        for one in scans
        for store in one.stores
        if _is_older(store, session.today, request.max_age)
    )
    reasons = (*said.reasons, *old)
    return Verdict(bool(reasons), reasons)


def _shown(one: Scan, request: ScanRequest) -> Scan:
    """Leave out what the user does not want to see; gates have seen it all."""
    kept = [finding for finding in one.findings if _is_wanted(finding, request)]
    hidden = len(one.findings) - len(kept)
    told = (f"{hidden} findings are not shown, as asked for",) if hidden else ()
    return replace(
        one, findings=gravest_first(kept, request.reading), warnings=(*one.warnings, *told)
    )


def _is_wanted(finding: Finding, request: ScanRequest) -> bool:
    only = request.only
    if "fixable" in only and not finding.fixable:
        return False
    origins = only & {"base", "app"}
    if origins and finding.origin not in origins:
        return False
    return finding.level(request.reading) >= request.least
