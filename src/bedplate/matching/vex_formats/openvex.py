"""OpenVEX.

Source: OpenVEX specification 0.2.0; 0.0.x wrote vulnerabilities and products as texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.model.vex import VexProduct, VexStatement, VexStatus
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "OpenVEX"


def recognises(document: Mapping[str, Any], /) -> bool:
    """Go by the context, which every version has."""
    return "openvex" in text(document.get("@context")).lower()


def statements(document: Mapping[str, Any], source: str, /) -> Iterator[VexStatement]:
    """Yield each statement; what it does not say itself is the document's."""
    author = text(document.get("author"))
    time = text(document.get("timestamp"))
    for entry in map(mapping, items(document.get("statements"))):
        names = _names(entry.get("vulnerability"))
        status = text(entry.get("status"))
        if not names or status not in set(VexStatus):
            continue
        products = tuple(filter(None, map(_product, items(entry.get("products")))))
        if not products and entry.get("products"):
            continue  # it is about something, but we can't tell what
        yield VexStatement(
            names[0],
            VexStatus(status),
            products,
            aliases=tuple(names[1:]),
            justification=text(entry.get("justification")),
            detail=text(entry.get("impact_statement")) or text(entry.get("action_statement")),
            author=text(entry.get("supplier")) or author,
            time=text(entry.get("timestamp")) or time,
            source=source,
        )


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [text(value)] if text(value) else []
    fields = mapping(value)
    name = text(fields.get("name")) or text(fields.get("@id")).rpartition("/")[2]
    return [name, *texts(fields.get("aliases"))] if name else []


def _product(value: Any) -> VexProduct | None:
    if isinstance(value, str):
        return VexProduct((value,)) if value else None
    ids = _ids(value)
    listed = items(mapping(value).get("subcomponents"))
    components = [
        identity
        for part in listed
        for identity in ([part] if isinstance(part, str) else _ids(part))
    ]
    if not ids or (listed and not components):
        return None
    return VexProduct(tuple(ids), tuple(components))


def _ids(value: Any) -> list[str]:
    """Give every way in which a product or component is named."""
    fields = mapping(value)
    purl = text(mapping(fields.get("identifiers")).get("purl"))
    hashes = mapping(fields.get("hashes"))
    digests = [f"sha256:{text(hashes[key])}" for key in ("sha-256", "sha256") if key in hashes]
    return [one for one in (text(fields.get("@id")), purl, *digests) if one]
