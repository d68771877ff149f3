"""A tag has not been built anew for many months.

Its packages lack every fix since: a tag that is cared for is rebuilt when its base is.

Example: `FROM registry.example/base:1`, built three years ago. `stale-months` in the table
`lint.facts` says after how many months this is reported, 12 unless told otherwise.

Fix: choose a tag that is still built, or build the image again.

Fix safety: there is no automatic fix. The date is `created` of the image, which its publisher sets
at will; dates before 2010, which reproducible builds write, are not taken for one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.INFO
_FIRST_YEAR = 2010


def check(image: LintedImage) -> Iterator[Claim]:
    """Find tags whose image is old, held against the day on which the tag stood for it."""
    built, limit = image.evidence.built, image.settings.stale_months
    if built is None:
        return
    created, seen = _day(built.created), _day(built.as_of) if built.as_of else image.today
    if created is None or seen is None or created.year < _FIRST_YEAR:
        return
    months = (seen.year - created.year) * 12 + seen.month - created.month
    months -= seen.day < created.day
    if months >= limit:
        as_of = f", as of {built.as_of}" if built.as_of else ""
        yield Claim(
            f"{image.name} was built {months} months ago, on {created}{as_of} "
            "(the date is set by the publisher)",
            (built.shown_by,),
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
