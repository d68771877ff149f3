"""The body of a change request: what moves, what that changes, what shows it, how to undo it.

Equal changes give equal bodies, on whatever day: nothing in it is counted from today.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.reporting.delta_rows import delta_rows
from bedplate.reporting.harmless import harmless
from bedplate.reporting.markdown_text import markdown_rows, markdown_table, markdown_text
from bedplate.reporting.outdated_words import grouped, move, refusals, target
from bedplate.reporting.vulnerability_words import rating

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.comparison import PackageChange
    from bedplate.model.delta import ImageDelta
    from bedplate.model.finding import Finding
    from bedplate.model.update_group import UpdateGroup
    from bedplate.reporting.outdated_words import Grouped

_PLACES, _LISTED, _REFUSALS = 50, 60, 5
_SOURCE = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?/[A-Za-z0-9._~/-]+")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def request_body(group: UpdateGroup) -> str:
    """Write the body, as Markdown, without a marker."""
    lines: list[str] = []
    for one in grouped(group.rows):
        lines += _image(one)
    lines += _undoing(group)
    return "\n".join(lines)


def _image(one: Grouped) -> Iterator[str]:
    row, candidate = one.row, one.row.decision.candidate
    if candidate is None:
        return
    name = row.reference.familiar.partition("@")[0]
    yield f"### {markdown_text(name)} → {markdown_text(target(row))}"
    yield ""
    yield f"{move(candidate)}, in {', '.join(_places(one.places))}"
    yield ""
    if row.delta is not None:
        yield from markdown_table(
            ("", f"{markdown_text(name)}", markdown_text(target(row))),
            markdown_rows(delta_rows(row.delta)),
        )
        yield from _findings(row.delta)
        yield from _packages(row.delta)
    yield from _evidence(one)


def _places(places: Sequence[str]) -> Iterator[str]:
    yield from (f"{_code(one)}" for one in places[:_PLACES])
    if len(places) > _PLACES:
        yield f"and {len(places) - _PLACES} more"


def _findings(delta: ImageDelta) -> Iterator[str]:
    """List what is fixed and what is new, the gravest first."""
    change = delta.vulnerabilities
    if change is None:
        return
    for title, findings in (("fixed", change.fixed), ("new", change.new)):
        if findings:
            noun = "vulnerability" if len(findings) == 1 else "vulnerabilities"
            yield from _folded(f"{len(findings)} {title} {noun}", _finding_lines(findings))


def _finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    gravest = sorted(findings, key=lambda one: (-one.level("vendor"), one.vulnerability))
    for one in gravest[:_LISTED]:
        said = f"{one.component} {one.version}: {rating(one.vendor)}; {rating(one.cvss)}"
        yield f"{markdown_text(one.vulnerability)} in {markdown_text(said)}"
    if len(findings) > _LISTED:
        yield f"and {len(findings) - _LISTED} more"


def _packages(delta: ImageDelta) -> Iterator[str]:
    difference = delta.packages
    if difference is None:
        return
    changes = [*difference.changed, *difference.added, *difference.removed]
    if changes:
        title = "1 package differs" if len(changes) == 1 else f"{len(changes)} packages differ"
        yield from _folded(title, _package_lines(changes))


def _package_lines(changes: Sequence[PackageChange]) -> Iterator[str]:
    for one in changes[:_LISTED]:
        before, after = ", ".join(one.before) or "not there", ", ".join(one.after) or "gone"
        yield markdown_text(f"{one.name}: {before} → {after}")
    if len(changes) > _LISTED:
        yield f"and {len(changes) - _LISTED} more"


def _folded(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield from (f"- {line}" for line in lines)
    yield ""
    yield "</details>"
    yield ""


def _evidence(one: Grouped) -> Iterator[str]:
    """Say what shows all this, what newer ones were refused, and where its sources are."""
    row, candidate = one.row, one.row.decision.candidate
    if candidate is None:
        return
    lines = []
    if candidate.digest:
        lines.append(f"digest {_code(candidate.digest)}")
    if candidate.platforms:
        lines.append(f"platforms {markdown_text(', '.join(candidate.platforms))}")
    if candidate.created:
        said = f"there since {candidate.created[:10]}, says {candidate.time_source}"
        lines.append(markdown_text(said))
    if row.delta is not None:
        lines += _delta_evidence(row.delta)
    lines += map(markdown_text, refusals(row.decision.refused, _REFUSALS))
    lines += map(markdown_text, row.decision.notes)
    yield from (f"- {line}" for line in lines)
    yield ""


def _delta_evidence(delta: ImageDelta) -> Iterator[str]:
    if delta.platform:
        yield f"compared on {markdown_text(delta.platform)}"
    change = delta.vulnerabilities
    if change is not None and change.as_of:
        yield f"advisories as of {markdown_text(change.as_of)}"
    if _SOURCE.fullmatch(delta.source):
        source = delta.source.removesuffix(".git").rstrip("/")
        commits = (delta.revision_before, delta.revision)
        if commits[0] != commits[1] and all(map(_COMMIT.fullmatch, commits)):
            yield f"changes of its sources: {source}/compare/{commits[0]}...{commits[1]}"
        else:
            yield f"its sources: {source}"


def _undoing(group: UpdateGroup) -> Iterator[str]:
    row = group.rows[0]
    candidate = row.decision.candidate
    tag = candidate.tag if candidate else ""
    yield "---"
    yield ""
    yield "- **Not this one**: close this request; it comes back when there is something newer."
    yield (
        "- **Never**: put this into `bedplate.toml`, with a day in `until` if it is for a while: "
        f"`[[update.rule]]`, `images = [{_quoted(row.reference.familiar_name)}]`, "
        f"`deny = [{_quoted(tag)}]` or `enabled = false`."
    )
    yield "- **Roll back**: revert the merged commit; then write such a rule, or it comes again."
    yield "- **Your own commits** on this branch are kept: bedplate leaves it alone from then on."


def _code(text: str) -> str:
    # neither the end of the code nor the beginning of a comment, such as a marker of ours
    return f"`{harmless(text).replace('`', '').replace('<!--', '<! --')}`"


def _quoted(text: str) -> str:
    return f'"{harmless(text).replace("`", "")}"'
