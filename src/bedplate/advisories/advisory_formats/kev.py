"""CISA's catalog of known exploited vulnerabilities.

Source: cisa.gov, known_exploited_vulnerabilities_schema.json.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.identifiers import CVE
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.record import AsOf, Enrichment
from bedplate.errors import InvalidDocument
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "kev"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Row(msgspec.Struct, rename="camel"):
    cve_id: str = msgspec.field(name="cveID")
    date_added: str


class _Catalog(msgspec.Struct, rename="camel"):
    vulnerabilities: list[msgspec.Raw]
    date_released: str = ""


_DECODER = msgspec.json.Decoder(_Catalog)
_ROW = msgspec.json.Decoder(_Row)


def claims(_name: str, head: bytes) -> bool:
    """Tell the catalog by its version field."""
    named = b'"catalogVersion"' in head or (b'"cveID"' in head and b'"dateAdded"' in head)
    return is_json(head) and named


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Enrichment | AsOf | Skipped]:
    """Read every vulnerability of the catalog."""
    try:
        catalog = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not the catalog of CISA: {error}") from error
    yield AsOf(catalog.date_released)
    for number, raw in enumerate(catalog.vulnerabilities):
        try:
            row = _ROW.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Skipped(f"{name}, row {number}", str(error)[:200])
            continue
        if CVE.fullmatch(row.cve_id) and _DAY.fullmatch(row.date_added):
            yield Enrichment(row.cve_id, kev=row.date_added)
        else:
            yield Skipped(f"{name}, row {number}", "not a CVE id and a date")
