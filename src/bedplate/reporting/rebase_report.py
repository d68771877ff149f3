"""A run of `bedplate rebase` or `annotate`, for people and for programs."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.model.rebase_report import RebaseReport
from bedplate.model.verdict import Outcome
from bedplate.reporting.difference_words import versions
from bedplate.reporting.harmless import harmless, without_surrogates
from bedplate.reporting.words import short_digest, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.base_facts import BaseMatch
    from bedplate.model.comparison import PackageDifference
    from bedplate.model.rebase_report import AnnotateReport, Concern, PlatformRebase
    from bedplate.model.verdict import Proof
    from bedplate.reporting.look import Look

REBASE_SCHEMA, ANNOTATE_SCHEMA = "bedplate/rebase/1", "bedplate/annotate/1"
REBASE_FORMATS = ("terminal", "json")
_SHOWN = 20
_RED, _YELLOW, _GREEN = "31;1", "33", "32"


def render_rebase(report: RebaseReport | AnnotateReport, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: one of `REBASE_FORMATS`.
        look: whether there are colours, and whether packages are listed.
    """
    rebased = isinstance(report, RebaseReport)
    if format_name == "json":
        schema = REBASE_SCHEMA if rebased else ANNOTATE_SCHEMA
        document = {"schema": schema, "bedplate": __version__, **_plain(dataclasses.asdict(report))}
        if isinstance(report, RebaseReport):
            document["blocked"] = report.blocked
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    lines = _rebase(report, look) if isinstance(report, RebaseReport) else _annotate(report)
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> Any:
    """Make a value that JSON and every terminal can bear."""
    if isinstance(value, str):
        return without_surrogates(str(value))
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _rebase(report: RebaseReport, look: Look) -> Iterator[str]:
    for platform in report.platforms:
        yield from _platform(platform, look)
    for note in report.notes:
        yield f"note: {harmless(note)}"
    name = harmless(report.target)
    if report.written:
        blobs = report.blobs
        yield (
            f"layers: {blobs['held']} held, {blobs['mounted']} mounted, "
            f"{blobs['copied']} copied ({size(blobs['copied_bytes'])})"
        )
        yield f"{_mark('written', _GREEN, look)}  {name}@{report.digest}"
    elif report.blocked and not report.forced:
        yield f"{_mark('refused', _RED, look)}  nothing was written; --force goes on all the same"
    else:
        yield f"not written  {name}@{report.digest}"


def _platform(one: PlatformRebase, look: Look) -> Iterator[str]:
    yield harmless(one.platform)
    yield f"  from  {_base(one.old_base)}"
    before, after = one.base_layers
    yield f"  base layers  {before} -> {after}, {one.app_layers} of the application kept"
    yield f"  base size    {size(one.size.before)} -> {size(one.size.after)}, compressed"
    if one.packages is not None:
        yield from _packages(one.packages, look)
    if one.configuration:
        yield f"  configuration changed: {harmless(', '.join(one.configuration))}"
    for concern in one.concerns:
        yield from _concern(concern, look)
    if one.unproved:
        yield f"  {_mark('unproved', _RED, look)}  {harmless(one.unproved)}"
    for proof in one.proofs[:_SHOWN]:
        yield from _proof(proof, look)
    if len(one.proofs) > _SHOWN:
        yield f"  and {len(one.proofs) - _SHOWN} more verdicts"
    for note in one.notes:
        yield f"  note: {harmless(note)}"


def _base(match: BaseMatch) -> str:
    name = harmless(match.reference) or "a local base"
    return f"{name}@{short_digest(match.digest)} ({match.confidence}: {harmless(match.evidence)})"


def _packages(found: PackageDifference, look: Look) -> Iterator[str]:
    counts = (
        f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed, "
        f"{found.same} the same"
    )
    yield f"  packages     {counts}"
    if look.packages:
        for sign, items in (("+", found.added), ("-", found.removed), ("~", found.changed)):
            for item in items:
                yield f"    {sign} {harmless(item.name)} {versions(item)}"


def _concern(concern: Concern, look: Look) -> Iterator[str]:
    word = _mark("refused", _RED, look) if concern.blocks else _mark("warning", _YELLOW, look)
    yield f"  {word}  {concern.hazard}: {harmless(concern.message)}"
    if concern.paths:
        yield f"           {harmless(', '.join(concern.paths))}"
    if concern.fix:
        yield f"           fix: {harmless(concern.fix)}"


def _proof(proof: Proof, look: Look) -> Iterator[str]:
    color = _RED if proof.outcome is Outcome.FAILS else _YELLOW
    word = _mark(str(proof.outcome), color, look)
    yield f"  {word}  {harmless(proof.path)}: {harmless(proof.reason)}"
    if proof.fix:
        yield f"           fix: {harmless(proof.fix)}"


def _mark(word: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{word}\x1b[0m" if look.color else word


def _annotate(report: AnnotateReport) -> Iterator[str]:
    for platform, match in report.bases:
        yield f"{harmless(platform)}  {_base(match)}"
    for note in report.notes:
        yield f"note: {harmless(note)}"
    word = "written" if report.written else "not written"
    yield f"before  {report.before}"
    yield f"{word}  {harmless(report.target)}@{report.digest}"
