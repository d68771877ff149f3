"""NVD 2.0: gravity of every CVE, and the versions of language runtimes that have it.

Source: nvd.nist.gov/developers/vulnerabilities; also github.com/anchore/nvd-data-overrides,
which has one CVE a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.identifiers import CVE
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.levels import level_of, level_of_score
from bedplate.advisories.nvd_document import Cve, Metric, Page, Vulnerability
from bedplate.advisories.nvd_products import packages_of
from bedplate.advisories.record import AsOf, Enrichment, LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "nvd"
_FEED = "nvd"
_NIST = "nvd@nist.gov"
_MAX_VECTOR = 400

_PAGE = msgspec.json.Decoder(Page)
_ONE = msgspec.json.Decoder(Vulnerability)


def claims(_name: str, head: bytes) -> bool:
    """Tell a page by its format, an override by its configurations."""
    named = b'"NVD_CVE"' in head or (b'"cve"' in head and b'"configurations"' in head)
    return is_json(head) and named


def records(
    name: str, content: bytes, _wanted: Wanted
) -> Iterator[Record | Enrichment | LeftOut | AsOf | Skipped]:
    """Read every CVE."""
    if b'"vulnerabilities"' not in content[:4096]:
        yield from _items(name, content)
        return
    try:
        page = _PAGE.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not of the NVD: {error}", "fetch it again") from error
    yield AsOf(page.timestamp)
    for number, raw in enumerate(page.vulnerabilities):
        yield from _items(f"{name}, CVE {number}", raw)


def _items(
    where: str, content: bytes | msgspec.Raw
) -> Iterator[Record | Enrichment | LeftOut | Skipped]:
    try:
        cve = _ONE.decode(content).cve
        identity = cve.id or where.rpartition("/")[2].removesuffix(".json")
        if not CVE.fullmatch(identity):
            raise ValueError("not a CVE id")  # noqa: TRY301 - told like any other fault
        packages = packages_of(cve.configurations)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        yield Skipped(where, str(error)[:200])
        return
    if cve.vuln_status == "Rejected":
        yield LeftOut("withdrawn records")
        return
    ratings = _ratings(cve)
    if packages:
        times = cve.published[:40], cve.last_modified[:40]
        yield Record(Advisory(identity, _FEED, (identity,), (), *times, ratings), packages)
    elif ratings:
        yield Enrichment(identity, ratings)
    else:
        yield LeftOut("records of other packages")


def _ratings(cve: Cve) -> tuple[Rating, ...]:
    """Give one rating of each source and version of CVSS."""
    metrics = cve.metrics
    if metrics is None:
        return ()
    newest = (metrics.cvss_metric_v31 or metrics.cvss_metric_v30) + metrics.cvss_metric_v40
    found: dict[tuple[str, str], Rating] = {}
    for metric in newest or metrics.cvss_metric_v2:
        rating = _rating(metric)
        if rating is not None:
            found.setdefault((rating.source, rating.vector[:7]), rating)
    return tuple(found.values())


def _rating(metric: Metric) -> Rating | None:
    data = metric.cvss_data
    if not 0 <= data.base_score <= 10 or len(data.vector_string) > _MAX_VECTOR:
        return None
    word = level_of(data.base_severity or metric.base_severity)
    level = level_of_score(data.base_score) if word is Level.UNKNOWN else word
    source = _FEED if metric.source == _NIST else "cna"
    return Rating(source, level, data.base_score, data.vector_string)
