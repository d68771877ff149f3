"""Advice in words: what every format for people shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting import facts_words
from bedplate.reporting.harmless import harmless
from bedplate.reporting.words import UNKNOWN, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.advice import Advice, Judgement, Remark

TITLES = ("image", "download", "CVEs", "libc", "shell", "score")
_NUMBERS = frozenset((1, 2, 5))
_MOST_EVIDENCE = 4


def headline(advice: Advice) -> str:
    """Say the answer in a line."""
    best = advice.advised
    if best is None:
        return "no image fits: every candidate is refused"
    if best.current:
        return f"stay on {harmless(best.image)}"
    today = f" instead of {harmless(advice.needs.image)}" if advice.needs.image else ""
    return f"take {harmless(best.image)}{today}"


def subject(advice: Advice) -> str:
    """Name the project."""
    version = f" {advice.needs.version}" if advice.needs.version else ""
    return f"{harmless(advice.path)}: {advice.needs.title}{version}"


def row(one: Judgement) -> tuple[str, ...]:
    """Give the cells of a candidate, by `TITLES`."""
    facts = one.facts
    counts = one.vulnerabilities
    known = f"{counts.total} ({counts.fixable} fixable)" if counts else UNKNOWN
    libc = facts_words.libc(facts) if facts and facts.libcs else (one.family.libc or "none")
    marks = "today's" if one.current else ""
    name = f"{harmless(one.image)}{f' ({marks})' if marks else ''}"
    return (
        name,
        size(facts.compressed_size) if facts else UNKNOWN,
        known,
        libc,
        "yes" if one.family.shell else "none",
        f"{one.score.total:.0f}" if one.score else "refused",
    )


def is_number(column: int) -> bool:
    """Tell whether a column of `TITLES` is set to the right."""
    return column in _NUMBERS


def reason(remark: Remark) -> str:
    """Say a remark, with what shows it."""
    shown = ", ".join(harmless(text) for text in remark.evidence[:_MOST_EVIDENCE] if text)
    return harmless(remark.text) + (f" [{shown}]" if shown else "")


def refusals(advice: Advice) -> Iterator[tuple[str, tuple[Remark, ...]]]:
    """Give the images that are refused, with the reasons."""
    for one in advice.judgements:
        if one.refused:
            yield harmless(one.image), tuple(remark for remark in one.remarks if remark.refuses)


def notes(advice: Advice) -> Iterator[tuple[str, Remark]]:
    """Give what else there is to say of the images that are not refused."""
    for one in advice.judgements:
        if not one.refused:
            yield from ((harmless(one.image), remark) for remark in one.remarks)


def needs(advice: Advice) -> Iterator[tuple[str, str]]:
    """Give what the project asks for, each with the place that shows it."""
    wanted = advice.needs
    for version in wanted.versions:
        told = f"{version.cycle}" + (f", from {version.exact}" if version.exact else "")
        yield "version", f"{harmless(told)} [{harmless(version.evidence.place)}]"
    for need in wanted.needs:
        means = ", avoidable" if need.avoidable else ""
        yield str(need.kind), f"{harmless(need.what)}{means} [{harmless(need.evidence.place)}]"
    for package in wanted.packages:
        use = "to build" if package.to_build else "to run"
        place = harmless(package.evidence.place)
        yield "package", f"{harmless(package.name)} ({package.manager}), {use} [{place}]"
    if wanted.platforms:
        yield "platforms", harmless(", ".join(wanted.platforms))
    if wanted.start.command:
        yield "started by", harmless(" ".join(wanted.start.command))


def known_from(advice: Advice) -> str:
    """Say of which day the facts of the catalog are; empty when none are from there."""
    days = {
        one.facts.observed
        for one in advice.judgements
        if one.facts and one.facts.origin == "catalog" and one.facts.observed
    }
    return f"facts of images from the catalog, as of {min(days)} and later" if days else ""
