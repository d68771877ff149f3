"""The release or the runtime of an image is out of support, or soon will be.

After that day nobody fixes its vulnerabilities, and most scanners stop reporting new ones, for
their feeds end with the support.

Example: `FROM node:18-buster`: Node.js 18 and Debian 10 are over.

Fix: move to a supported release. `bedplate compare --variants IMAGE` shows what there is.

Fix safety: there is no automatic fix, since programs must be tested on another release.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage
    from bedplate.model.base_facts import EndOfLife

SEVERITY = Severity.WARNING


def check(image: LintedImage) -> Iterator[Claim]:
    """Find what has ended, or ends within the days that the settings give."""
    if image.use.role == "syntax":
        return
    soon = image.today + timedelta(days=image.settings.end_of_life_days)
    for ending in image.evidence.endings:
        end, shown_by = ending.end, ending.shown_by
        if end.ended:
            day = f" on {end.date}" if end.date else ""
            message = f"{end.title} reached its end of life{day}{_longer(end, image.today)}"
            yield Claim(f"{image.name}: {message}", (shown_by,))
        elif end.date and end.date <= soon.isoformat():
            days = (date.fromisoformat(end.date) - image.today).days
            left = f"in {days} days" if days else "today"
            message = f"{end.title} reaches its end of life on {end.date}, {left}"
            yield Claim(f"{image.name}: {message}{_longer(end, image.today)}", (shown_by,))


def _longer(end: EndOfLife, today: date) -> str:
    if not end.extended:
        return ""
    over = end.extended < today.isoformat()
    return f" (extended support {'ended on' if over else 'until'} {end.extended})"
