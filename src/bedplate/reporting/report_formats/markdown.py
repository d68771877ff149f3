"""GitHub-flavoured Markdown, for pull requests and wikis."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from bedplate.reporting import facts_words
from bedplate.reporting.difference_words import fact_title, platform_cells
from bedplate.reporting.harmless import harmless
from bedplate.reporting.measures import MEASURES
from bedplate.reporting.words import UNKNOWN, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import (
        ComparedImage,
        Comparison,
        Inspection,
        PlatformDifference,
    )
    from bedplate.reporting.look import Look

NAME = "markdown"
# Markup, entities and mentions; the colon and the dot keep addresses from becoming links.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def inspection(report: Inspection, look: Look) -> str:
    """Write one image down."""
    lines: list[str] = []
    for facts in report.images:
        lines += _image(facts, look)
    lines += _platforms(report.platform_differences)
    return "\n".join([*lines, _text(facts_words.legend(report.images))]) + "\n"


def comparison(report: Comparison, look: Look) -> str:
    """Write images down side by side, one column each."""
    images = report.images
    titles = ["", *(_name(image) for image in images)]
    rows: list[list[str]] = []
    for group, measures in groupby(MEASURES, key=lambda measure: measure.group):
        rows.append([f"**{_text(group)}**", *([""] * len(images))])
        rows += [
            [_text(measure.title), *(_text(measure.cell(image)) for image in images)]
            for measure in measures
        ]
    lines = list(_table(titles, rows))
    if look.packages:
        lines += _packages_that_differ(images)
    lines += _platforms(report.platform_differences)
    lines += _notes("left out", [(item.what, item.reason) for item in report.skipped])
    for image in images:
        notes = [(f"{image.facts.name}: {s.what}", s.reason) for s in image.facts.skipped]
        lines += _notes("not examined", notes)
    legend = facts_words.legend(tuple(image.facts for image in images))
    return "\n".join([*lines, _text(legend)]) + "\n"


def _image(facts: BaseFacts, look: Look) -> Iterator[str]:
    platform = _text(facts.platform or UNKNOWN)
    yield f"## {_text(facts.name)} - {platform}"
    yield ""
    yield f"{_text(facts_words.totals(facts))}  "
    yield _text(facts_words.origin(facts))
    yield ""
    if facts.parts:
        parts = [(p.label, f"{size(p.disk_size, facts.disk_size_precision)}") for p in facts.parts]
        yield from _table(("part", "on disk"), _escaped(parts))
    yield from _table(("fact", "value"), _escaped(facts_words.facts_table(facts)))
    if facts.end_of_life:
        ends = [(end.title, facts_words.end_of_life(end)) for end in facts.end_of_life]
        yield from _table(("support", "end"), _escaped(ends))
    if facts.bases:
        yield from _table(("stands on",), _escaped((facts_words.base(b),) for b in facts.bases))
    if facts.layers:
        layers = [
            (size(one.compressed_size), size(one.disk_size), facts_words.step(one))
            for one in facts.layers
        ]
        yield from _table(("compressed", "on disk", "made by"), _escaped(layers))
    if look.packages and facts.packages:
        packages = [
            (one.type, one.name, one.version, size(one.installed_size)) for one in facts.packages
        ]
        yield from _table(("type", "package", "version", "on disk"), _escaped(sorted(packages)))
    yield from _notes("not examined", [(item.what, item.reason) for item in facts.skipped])


def _packages_that_differ(images: Sequence[ComparedImage]) -> Iterator[str]:
    for image in images:
        found = image.packages
        if found is not None:
            yield f"### {_text(image.facts.name)} against {_text(found.against)}"
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
            yield from _table(("", "type", "package", "before", "after"), _escaped(rows))


def _platforms(found: Sequence[PlatformDifference]) -> Iterator[str]:
    for image in dict.fromkeys(item.image for item in found):
        rows = [item for item in found if item.image == image]
        yield f"### Differs between platforms of {_text(image)}"
        yield ""
        titles = ("", *(_text(platform) for platform, _ in rows[0].values))
        cells = ((fact_title(item.fact), *platform_cells(item)) for item in rows)
        yield from _table(titles, _escaped(cells))


def _notes(title: str, notes: Sequence[tuple[str, str]]) -> Iterator[str]:
    if notes:
        yield from _table((title, "reason"), _escaped(notes))


def _name(image: ComparedImage) -> str:
    platform = f" ({image.facts.platform})" if image.facts.platform else ""
    return _text(f"{image.facts.name}{platform}")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _escaped(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    return ([_text(cell) for cell in row] for row in rows)


def _text(text: str) -> str:
    """Escape what Markdown, or GitHub's mentions and links, would act on."""
    return _SPECIAL.sub(r"\\\1", harmless(text))
