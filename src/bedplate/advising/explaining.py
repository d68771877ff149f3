"""The advice in words: why this image, what it gains, what to try before it is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advising.scoring import WEIGHTS
from bedplate.facts.end_of_life import load_table, lookup
from bedplate.model.needs import NeedKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bedplate.model.advice import Judgement, Preference
    from bedplate.model.needs import Needs

_MB = 1_000_000
COMPILED = frozenset(("go", "rust", "static-binary"))


def why(
    best: Judgement, others: tuple[Judgement, ...], needs: Needs, preference: Preference
) -> Iterator[str]:
    """Say why an image is advised."""
    if best.score is None:
        return
    weights = WEIGHTS[preference]
    marks = (best.score.size, best.score.security, best.score.compatibility)
    parts = [
        f"{name} {mark:.0f} x {weight:g}"
        for name, mark, weight in zip(
            ("size", "security", "compatibility"), marks, weights, strict=True
        )
    ]
    yield f"score {best.score.total:.0f} of 100: {', '.join(parts)}"
    loads = [proof for proof in best.proofs if proof.outcome is Outcome.LOADS]
    if loads and needs.kind in COMPILED:
        yield from dict.fromkeys(
            one.evidence[0].partition(": ")[2] for one in loads if one.evidence
        )
    elif loads:
        names = ", ".join(dict.fromkeys(proof.package or proof.path for proof in loads[:4]))
        more = f" and {len(loads) - 4} more" if len(loads) > 4 else ""
        yield f"native code that loads there: {names}{more}"
    fitting = [one for one in others if not one.refused]
    if best.current:
        better = [one for one in fitting if one.score and one.score.total > best.score.total]
        if better:
            yield f"{better[0].image} is hardly better, and a move costs work"
        elif not fitting:
            yield "every other image is refused"
        else:
            yield "no other image does better"
    elif not fitting:
        yield "every other image is refused"


def gains(best: Judgement, current: Judgement | None) -> Iterator[str]:
    """Say what a move gains over today's image; nothing when the project stays."""
    if current is None or best is current or best.facts is None or current.facts is None:
        return
    new, old = best.facts.compressed_size, current.facts.compressed_size
    if new is not None and old:
        word = "less" if new <= old else "more"
        yield (
            f"{abs(old - new) / _MB:.1f} MB {word} to download"
            f" ({new / _MB:.1f} MB, today {old / _MB:.1f} MB)"
        )
    new, old = best.facts.disk_size, current.facts.disk_size
    if new is not None and old:
        word = "less" if new <= old else "more"
        yield f"{abs(old - new) / _MB:.0f} MB {word} on disk"
    counts, before = best.vulnerabilities, current.vulnerabilities
    if counts is not None and before is not None:
        yield (
            f"{counts.total} known vulnerabilities, today {before.total}"
            f" ({counts.fixable} fixable, today {before.fixable})"
        )
    elif counts is not None:
        yield f"{counts.total} known vulnerabilities; those of today's image are not known"


def tests(best: Judgement, needs: Needs, current: Judgement | None) -> Iterator[str]:
    """Say what to try, as nothing that was read can prove it."""
    if best.current:
        return
    if needs.start.simplified:
        yield f"starting by `{' '.join(needs.start.command)}`, without the script's shell"
    if best.proofs and needs.kind not in COMPILED:
        names = ", ".join(dict.fromkeys((one.package or one.path) for one in best.proofs[:4]))
        yield f"one call into each package with native code: {names}"
    old = current.family.libc if current else ""
    if best.family.libc == "musl" and old != "musl":
        yield "name resolution, deep recursion (small thread stacks), and sorting by language"
    if not best.family.shell:
        yield "health checks and scripts of your orchestrator that run a shell in the container"
    if best.family.user and best.family.user != "root":
        yield f"writing files: the program runs as {best.family.user}, not as root"
    if needs.of(NeedKind.CERTIFICATES) and best.family.name == "scratch":
        yield "one request by TLS"
    if needs.of(NeedKind.TIME_ZONES) and not best.family.time_zones:
        yield "one time in another zone"


def next_version(product: str, cycle: str, today: date) -> str:
    """Say which release to plan for when support of the runtime is over, or soon; else nothing."""
    own = lookup(product, cycle, today)
    if own is None or not own.date:
        return ""
    days = (_day(own.date) - today).days
    if days > _SOON:
        return ""
    following = _successor(product, cycle, today)
    state = f"ended on {own.date}" if own.ended else f"ends on {own.date}"
    ahead = f"; {following} is the next, as a step of its own" if following else ""
    return f"support of {own.title} {state}{ahead}"


_SOON = 180  # days


def _day(text: str) -> date:
    import datetime as dt  # noqa: PLC0415 - lazy: only here

    return dt.date.fromisoformat(text)


def _successor(product: str, cycle: str, today: date) -> str:
    """Name the nearest newer cycle that is supported, a long-term one where there are such."""
    cycles = list(load_table().products[product].cycles)
    newer = cycles[: cycles.index(cycle)] if cycle in cycles else []
    for one in reversed(newer):
        known = lookup(product, one, today)
        if known is not None and not known.ended and known.lts is not False:
            return known.title + (f" (until {known.date})" if known.date else "")
    return ""
