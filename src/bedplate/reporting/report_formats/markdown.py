"""GitHub-flavoured Markdown, for pull requests and wikis."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bedplate.reporting import facts_words
from bedplate.reporting.difference_words import fact_title, platform_cells
from bedplate.reporting.markdown_text import markdown_rows, markdown_table, markdown_text
from bedplate.reporting.measures import MEASURES
from bedplate.reporting.policy_notes import comparison_note
from bedplate.reporting.vulnerability_words import counted_images, vulnerability_rows
from bedplate.reporting.words import UNKNOWN, size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import (
        ComparedImage,
        Comparison,
        Inspection,
        PlatformDifference,
    )
    from bedplate.model.vulnerability_counts import VulnerabilityCounts
    from bedplate.reporting.look import Look

NAME = "markdown"


def inspection(report: Inspection, look: Look) -> str:
    """Write one image down."""
    lines: list[str] = []
    for facts, counts in counted_images(report):
        lines += _image(facts, counts, look)
    lines += _platforms(report.platform_differences)
    return "\n".join([*lines, markdown_text(facts_words.legend(report.images))]) + "\n"


def comparison(report: Comparison, look: Look) -> str:
    """Write images down side by side, one column each."""
    images = report.images
    titles = ["", *(_name(image) for image in images)]
    rows: list[list[str]] = []
    for group, measures in groupby(MEASURES, key=lambda measure: measure.group):
        rows.append([f"**{markdown_text(group)}**", *([""] * len(images))])
        rows += [
            [
                markdown_text(measure.title),
                *(markdown_text(measure.cell(image)) for image in images),
            ]
            for measure in measures
        ]
    lines = list(markdown_table(titles, rows))
    if look.packages:
        lines += _packages_that_differ(images)
    lines += _platforms(report.platform_differences)
    lines += _notes("left out", [(item.what, item.reason) for item in report.skipped])
    for image in images:
        notes = [(f"{image.facts.name}: {s.what}", s.reason) for s in image.facts.skipped]
        lines += _notes("not examined", notes)
    note = comparison_note(report)
    if note:
        lines += (markdown_text(f"CVEs: {note}"), "")
    legend = facts_words.legend(tuple(image.facts for image in images))
    return "\n".join([*lines, markdown_text(legend)]) + "\n"


def _image(facts: BaseFacts, counts: VulnerabilityCounts | None, look: Look) -> Iterator[str]:
    platform = markdown_text(facts.platform or UNKNOWN)
    yield f"## {markdown_text(facts.name)} - {platform}"
    yield ""
    yield f"{markdown_text(facts_words.totals(facts))}  "
    yield markdown_text(facts_words.origin(facts))
    yield ""
    if facts.parts:
        parts = [(p.label, f"{size(p.disk_size, facts.disk_size_precision)}") for p in facts.parts]
        yield from markdown_table(("part", "on disk"), markdown_rows(parts))
    yield from markdown_table(("fact", "value"), markdown_rows(facts_words.facts_table(facts)))
    yield from markdown_table(("known", "count"), markdown_rows(vulnerability_rows(counts)))
    if facts.end_of_life:
        ends = [(end.title, facts_words.end_of_life(end)) for end in facts.end_of_life]
        yield from markdown_table(("support", "end"), markdown_rows(ends))
    if facts.bases:
        yield from markdown_table(
            ("stands on",), markdown_rows((facts_words.base(b),) for b in facts.bases)
        )
    if facts.layers:
        layers = [
            (size(one.compressed_size), size(one.disk_size), facts_words.step(one))
            for one in facts.layers
        ]
        yield from markdown_table(("compressed", "on disk", "made by"), markdown_rows(layers))
    if look.packages and facts.packages:
        packages = [
            (one.type, one.name, one.version, size(one.installed_size)) for one in facts.packages
        ]
        yield from markdown_table(
            ("type", "package", "version", "on disk"), markdown_rows(sorted(packages))
        )
    yield from _notes("not examined", [(item.what, item.reason) for item in facts.skipped])


def _packages_that_differ(images: Sequence[ComparedImage]) -> Iterator[str]:
    for image in images:
        found = image.packages
        if found is not None:
            yield f"### {markdown_text(image.facts.name)} against {markdown_text(found.against)}"
            yield ""
            rows = [
                (mark, item.type, item.name, ", ".join(item.before), ", ".join(item.after))
                for mark, changes in (
                    ("added", found.added),
                    ("removed", found.removed),
                    ("changed", found.changed),
                )
                for item in changes
            ]
            yield from markdown_table(
                ("", "type", "package", "before", "after"), markdown_rows(rows)
            )


def _platforms(found: Sequence[PlatformDifference]) -> Iterator[str]:
    for image in dict.fromkeys(item.image for item in found):
        rows = [item for item in found if item.image == image]
        yield f"### Differs between platforms of {markdown_text(image)}"
        yield ""
        titles = ("", *(markdown_text(platform) for platform, _ in rows[0].values))
        cells = ((fact_title(item.fact), *platform_cells(item)) for item in rows)
        yield from markdown_table(titles, markdown_rows(cells))


def _notes(title: str, notes: Sequence[tuple[str, str]]) -> Iterator[str]:
    if notes:
        yield from markdown_table((title, "reason"), markdown_rows(notes))


def _name(image: ComparedImage) -> str:
    platform = f" ({image.facts.platform})" if image.facts.platform else ""
    return markdown_text(f"{image.facts.name}{platform}")
