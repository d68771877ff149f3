"""OSV: a record, a list of them, or one a line.

Source: OSV schema 1.7; the rules of each database as documented by its publisher.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.advisories.identifiers import (
    CVE,
    feed_of,
    is_erratum,
    prefix_of,
    split_names,
    usable,
)
from bedplate.advisories.json_lines import each_line, is_json
from bedplate.advisories.osv_document import OsvDocument
from bedplate.advisories.osv_packages import packages_of
from bedplate.advisories.osv_ratings import ratings_of
from bedplate.advisories.record import LeftOut, Record
from bedplate.advisories.sightings import may_have_sightings, newest_sightings
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Enrichment, Wanted

NAME = "osv"

_DECODER = msgspec.json.Decoder(OsvDocument)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_MAX_SUMMARY = 300
# ids of updates that are no vulnerability, and of packages that are malware as a whole
_OTHERS = {
    "ALBA": "updates without a vulnerability",
    "ALEA": "updates without a vulnerability",
    "MAL": "malicious packages",
}
# what feeds write when they take a record back, where the field `withdrawn` got lost
_TAKEN_BACK = ("withdrawn advisory", "withdrawn:", "duplicate advisory")
_NO_PACKAGE = "records of other packages"


def claims(_name: str, head: bytes) -> bool:
    """Tell whether a document looks like OSV: the fields that every record has."""
    return is_json(head) and b'"id"' in head and (b'"affected"' in head or b'"modified"' in head)


def records(
    name: str, content: bytes, wanted: Wanted
) -> Iterator[Record | Enrichment | LeftOut | Skipped]:
    """Read every record of a document."""
    newest = _newest(name, content)
    for where, line in each_line(name, content):
        if line.lstrip()[:1] == b"[":
            for number, one in enumerate(_list(where, line)):
                yield _record(f"{where}[{number}]", one, wanted, newest)
        else:
            yield _record(where, line, wanted, newest)


def _newest(name: str, content: bytes) -> dict[str, str]:
    """Look for statements that come of scans: a glance, where there are none."""
    if not may_have_sightings(content):
        return {}
    return newest_sightings(line for _, line in each_line(name, content))


def _list(where: str, content: bytes) -> list[msgspec.Raw]:
    try:
        return _LIST.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{where}: not a list of records: {error}") from error


def _record(
    where: str, content: bytes | msgspec.Raw, wanted: Wanted, newest: dict[str, str]
) -> Record | LeftOut | Skipped:
    try:
        document = _DECODER.decode(content)
        return _read(document, wanted, newest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        return Skipped(where, str(error)[:200])


def _read(document: OsvDocument, wanted: Wanted, newest: dict[str, str]) -> Record | LeftOut:
    """Make a record of a document.

    Raises:
        ValueError: it can't be used.
    """
    if not usable(document.id):
        raise ValueError("an id that is none")
    reason = _left_out(document)
    if reason:
        return LeftOut(reason)
    feed = _feed(document)
    affected = packages_of(document, wanted, newest)
    if not affected:
        return LeftOut(_NO_PACKAGE)
    return Record(_advisory(document, feed), affected)


def _left_out(document: OsvDocument) -> str:
    if document.withdrawn:
        return "withdrawn records"
    summary = (document.summary or "").lower()
    if summary.startswith(_TAKEN_BACK):
        return "withdrawn records"
    places = [document, *(document.affected or ())]
    if any((place.database_specific or {}).get("informational") for place in places):
        return "notices that are no vulnerability"
    return _OTHERS.get(prefix_of(document.id), "")


def _advisory(document: OsvDocument, feed: str) -> Advisory:
    erratum = is_erratum(document.id)
    names = [*(document.aliases or ()), *(document.upstream or ())]
    if erratum:
        # only here are related ids those of the vulnerabilities that it closes
        names += document.related or ()
    if CVE.fullmatch(document.id):
        names.append(document.id)
    cves, aliases = split_names(names)
    return Advisory(
        id=document.id,
        feed=feed,
        cves=cves,
        aliases=() if erratum else tuple(name for name in aliases if name != document.id),
        published=_time(document.published),
        modified=_time(document.modified),
        ratings=ratings_of(document, feed),
        summary=_line(document.summary),
    )


def _feed(document: OsvDocument) -> str:
    """Name the feed of a record: a distribution's own, else by the id or the ecosystem."""
    packages = (affected.package for affected in document.affected or ())
    ecosystem = next((package.ecosystem for package in packages if package), "osv")
    name = ecosystem.partition(":")[0]
    if name in _DISTRIBUTIONS:
        return _DISTRIBUTIONS[name]
    return feed_of(document.id, _ECOSYSTEMS.get(name, name.lower()))


_DISTRIBUTIONS = {
    "AlmaLinux": "almalinux",
    "Alpine": "alpine",
    "Amazon Linux": "amazon",
    "Chainguard": "chainguard",
    "Debian": "debian",
    "Red Hat": "redhat",
    "Rocky Linux": "rocky",
    "Ubuntu": "ubuntu",
    "Wolfi": "wolfi",
}
# records whose id does not tell who wrote them
_ECOSYSTEMS = {
    "Packagist": "friendsofphp",
    "RubyGems": "rubysec",
    "ruby-runtime": "rubysec",
    "crates.io": "rustsec",
    "openssl-upstream": "openssl",
    "cpe": "nvd",
}


def _time(said: Any) -> str:
    return said if isinstance(said, str) and len(said) <= 40 and said.isprintable() else ""


def _line(summary: str | None) -> str:
    return " ".join((summary or "").split())[:_MAX_SUMMARY]
