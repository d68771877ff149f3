"""CycloneDX VEX: an SBOM with `vulnerabilities`, or these alone with links to the SBOM of another.

Source: CycloneDX 1.6, `vulnerabilities[].analysis` and `affects`; BOM-Link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bedplate.model.vex import VexProduct, VexStatement, VexStatus
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "CycloneDX VEX"
_STATES = {
    "resolved": VexStatus.FIXED,
    "resolved_with_pedigree": VexStatus.FIXED,
    "exploitable": VexStatus.AFFECTED,
    "in_triage": VexStatus.UNDER_INVESTIGATION,
    "false_positive": VexStatus.NOT_AFFECTED,
    "not_affected": VexStatus.NOT_AFFECTED,
}
_MAX_COMPONENTS = 1_000_000


def recognises(document: Mapping[str, Any], /) -> bool:
    """Go by the format's own field; an SBOM without vulnerabilities says nothing here."""
    return text(document.get("bomFormat")) == "CycloneDX"


def statements(document: Mapping[str, Any], source: str, /) -> Iterator[VexStatement]:
    """Yield one statement for each vulnerability with an analysis."""
    metadata = mapping(document.get("metadata"))
    time = text(metadata.get("timestamp"))
    purls = _purls(document)
    for entry in map(mapping, items(document.get("vulnerabilities"))):
        analysis = mapping(entry.get("analysis"))
        status = _STATES.get(text(analysis.get("state")))
        name = text(entry.get("id"))
        products = tuple(_products(entry, purls))
        if status is None or not name or not products:
            continue
        references = (mapping(one).get("id") for one in items(entry.get("references")))
        yield VexStatement(
            name,
            status,
            products,
            aliases=tuple(filter(None, map(text, references))),
            justification=text(analysis.get("justification")),
            detail=text(analysis.get("detail")) or ", ".join(texts(analysis.get("response"))),
            time=text(analysis.get("lastUpdated")) or time,
            source=source,
        )


def _purls(document: Mapping[str, Any]) -> dict[str, str]:
    """Map bom-refs to package URLs; components may hold components, to any depth."""
    found: dict[str, str] = {}
    todo = [mapping(mapping(document.get("metadata")).get("component"))]
    todo += map(mapping, items(document.get("components")))
    while todo and len(found) < _MAX_COMPONENTS:
        component = todo.pop()
        reference, purl = text(component.get("bom-ref")), text(component.get("purl"))
        if reference and purl:
            found[reference] = purl
        todo += map(mapping, items(component.get("components")))
    return found


def _products(entry: Mapping[str, Any], purls: Mapping[str, str]) -> Iterator[VexProduct]:
    for affected in map(mapping, items(entry.get("affects"))):
        reference = text(affected.get("ref"))
        # a BOM-Link ends in the bom-ref, which most tools take from the package URL
        linked = unquote(reference.partition("#")[2]) if reference.startswith("urn:cdx:") else ""
        purl = purls.get(reference) or purls.get(linked) or linked or reference
        if purl.startswith("pkg:"):
            yield VexProduct((purl,))
