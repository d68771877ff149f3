"""CSAF 2.0 documents of the profile VEX, such as those of Red Hat.

Source: OASIS CSAF 2.0, sections 3.2.2 (product tree), 3.2.3 (vulnerabilities), 4.5 (VEX).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.model.vex import VexProduct, VexStatement, VexStatus
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = "CSAF VEX"
_STATUSES = {
    "known_not_affected": VexStatus.NOT_AFFECTED,
    "known_affected": VexStatus.AFFECTED,
    "first_affected": VexStatus.AFFECTED,
    "last_affected": VexStatus.AFFECTED,
    "fixed": VexStatus.FIXED,
    "first_fixed": VexStatus.FIXED,
    "under_investigation": VexStatus.UNDER_INVESTIGATION,
}
_MAX_PRODUCTS = 1_000_000


def recognises(document: Mapping[str, Any], /) -> bool:
    """Go by the version of CSAF that the document names."""
    return bool(text(mapping(document.get("document")).get("csaf_version")))


def statements(document: Mapping[str, Any], source: str, /) -> Iterator[VexStatement]:
    """Yield a statement for each vulnerability, status and justification."""
    head = mapping(document.get("document"))
    tracking = mapping(head.get("tracking"))
    products = _products(mapping(document.get("product_tree")))
    for entry in map(mapping, items(document.get("vulnerabilities"))):
        ids = (text(mapping(one).get("text")) for one in items(entry.get("ids")))
        names = [one for one in (text(entry.get("cve")), *ids) if one]
        if not names:
            continue
        for (status, why), about in _grouped(entry, products).items():
            yield VexStatement(
                names[0],
                status,
                tuple(about),
                aliases=tuple(names[1:]),
                justification=why,
                author=text(mapping(head.get("publisher")).get("name")),
                time=text(tracking.get("current_release_date")),
                source=source,
            )


def _grouped(
    entry: Mapping[str, Any], products: Mapping[str, VexProduct]
) -> dict[tuple[VexStatus, str], list[VexProduct]]:
    flags = {
        product: text(flag.get("label"))
        for flag in map(mapping, items(entry.get("flags")))
        for product in texts(flag.get("product_ids"))
    }
    grouped: dict[tuple[VexStatus, str], list[VexProduct]] = {}
    for key, listed in mapping(entry.get("product_status")).items():
        status = _STATUSES.get(key)
        if status is None:
            continue
        for product in texts(listed):
            if product in products:
                why = flags.get(product, "") if status is VexStatus.NOT_AFFECTED else ""
                grouped.setdefault((status, why), []).append(products[product])
    return grouped


def _products(tree: Mapping[str, Any]) -> dict[str, VexProduct]:
    """Map product ids to what they stand for; a relationship is a component of a product."""
    ids = {key: _ids(product) for key, product in _leaves(tree)}
    products = {key: VexProduct(names) for key, names in ids.items() if names}
    for relation in map(mapping, items(tree.get("relationships"))[:_MAX_PRODUCTS]):
        made = text(mapping(relation.get("full_product_name")).get("product_id"))
        component = ids.get(text(relation.get("product_reference")), ())
        whole = ids.get(text(relation.get("relates_to_product_reference")), ())
        if made and component:
            products[made] = VexProduct(whole, component)
    return products


def _leaves(tree: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield the products of the tree with their ids."""
    todo = [tree]
    for _ in range(_MAX_PRODUCTS):
        if not todo:
            return
        branch = todo.pop()
        todo += map(mapping, items(branch.get("branches")))
        for product in (branch.get("product"), *items(branch.get("full_product_names"))):
            fields = mapping(product)
            if key := text(fields.get("product_id")):
                yield key, fields


def _ids(product: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the package URLs and digests of a product; its name is for people."""
    helper = mapping(product.get("product_identification_helper"))
    hashes = (
        f"{text(one.get('algorithm'))}:{text(one.get('value'))}"
        for group in map(mapping, items(helper.get("hashes")))
        for one in map(mapping, items(group.get("file_hashes")))
    )
    purls = (text(helper.get("purl")), *texts(helper.get("purls")))
    return tuple(one for one in (*purls, *hashes) if one)
