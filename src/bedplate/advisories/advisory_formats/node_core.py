"""The index of Node.js's own vulnerabilities.

Source: github.com/nodejs/security-wg, vuln/core/index.json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.identifiers import split_names
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.levels import level_of
from bedplate.advisories.namespaces import RUNTIME
from bedplate.advisories.node_ranges import node_ranges
from bedplate.advisories.record import Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "node-core"
_FEED = "nodejs"


class _Vulnerability(msgspec.Struct, rename="camel"):
    cve: list[str] | str
    vulnerable: str
    patched: str | None = None
    severity: str | None = None
    affected_environments: list[str] | None = None
    publish_date: str | None = None


_INDEX = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ONE = msgspec.json.Decoder(_Vulnerability)


def claims(_name: str, head: bytes) -> bool:
    """Tell the index by the field that no other format has beside a CVE list."""
    return (
        is_json(head)
        and b'"vulnerable"' in head
        and b'"cve"' in head
        and b'"affectedEnvironments"' in head
    )


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Record | Skipped]:
    """Read every vulnerability."""
    try:
        index = _INDEX.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not the index of Node.js: {error}") from error
    for number, raw in index.items():
        try:
            yield _record(number, _ONE.decode(raw))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
            yield Skipped(f"{name}, entry {number:.40}", str(error)[:200])


def _record(number: str, said: _Vulnerability) -> Record:
    """Make a record.

    Raises:
        ValueError: ranges that can't be read, or a key that is no number.
    """
    cves, others = split_names([said.cve] if isinstance(said.cve, str) else said.cve)
    ranges = node_ranges(said.vulnerable, said.patched or "")
    if not ranges:
        raise ValueError("no vulnerable versions")
    level = level_of(said.severity or "")
    advisory = Advisory(
        id=f"NODE-CORE-{int(number)}",
        feed=_FEED,
        cves=cves,
        aliases=others,
        published=(said.publish_date or "")[:40],
        ratings=() if level is Level.UNKNOWN else (Rating(_FEED, level),),
    )
    status = Status.FIXED if any(item.fixed for item in ranges) else Status.AFFECTED
    systems = sorted(system[:20] for system in (said.affected_environments or ["all"])[:10])
    qualifiers = () if "all" in systems else (("os", ",".join(systems)),)
    return Record(advisory, (AffectedPackage(RUNTIME, "node", status, ranges, (), qualifiers),))
