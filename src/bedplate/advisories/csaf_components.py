"""Components of Red Hat's products as packages of a release.

Source: Red Hat, "CSAF/VEX documents: product tree"; package-url specification, type rpm.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, unquote

from bedplate.advisories.namespaces import place_of

if TYPE_CHECKING:
    from bedplate.advisories.csaf_document import ProductTree

_PURL = re.compile(r"pkg:(rpm|rpmmod)/redhat/([^@?#/]+)(?:@([^?#]+))?(?:\?([^#]*))?")
_CPE_TAIL = re.compile(r"cpe:/[ao]:redhat:(enterprise_linux:\d+)(?:::([a-z]+))?")
_STREAM = re.compile(r"(?:^|:)([\w.+-]+):([\w.+-]+):\d{8,}:[0-9a-f]+(?::|$)")
_MODULE = re.compile(r"(?:^|:)([\w.+-]+):([\w.+-]+)/[\w.+-]+$")


class Component(NamedTuple):
    """A package in a release.

    Args:
        namespace: `rpm:rhel:9`.
        name: of the package, source or binary.
        version: `epoch:version-release`; empty when the document speaks of all versions.
        qualifiers: `module`, `repository`, sorted.
    """

    namespace: str
    name: str
    version: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()


def components_of(tree: ProductTree) -> dict[str, Component]:
    """Give the components that are of a release which bedplate knows, by their product ids.

    Args:
        tree: its relationships tie packages, and modules of packages, to products.
    """
    products = tree.products()
    ties = {
        tie.full_product_name.product_id: (tie.product_reference, tie.relates_to_product_reference)
        for tie in tree.relationships
    }
    found: dict[str, Component] = {}
    for identity, (reference, parent) in ties.items():
        # a package of a module is tied to the module, and that to the product
        platform = ties[parent][1] if parent in ties else parent
        helper, home = products.get(reference), products.get(platform)
        if helper is None or home is None:
            continue
        component = _component(identity, reference, helper.purl, home.cpe)
        if component is not None:
            found[identity] = component
    return found


def _component(identity: str, reference: str, purl: str, cpe: str) -> Component | None:
    tail = _CPE_TAIL.fullmatch(cpe)
    place = place_of(f"Red Hat:{tail[1]}") if tail else None
    named = _PURL.fullmatch(purl)
    if place is None or named is None or tail is None:
        return None
    qualifiers = {"repository": tail[2]} if tail[2] else {}
    module = _STREAM.search(identity) or _MODULE.search(reference)
    if module:
        qualifiers["module"] = f"{module[1]}:{module[2]}"
    name = unquote(named[2])
    if named[1] == "rpmmod":
        if module is None or "/" not in reference:
            return None  # the module itself, not a package of it
        return Component(
            place.namespace, reference.rpartition("/")[2], "", tuple(sorted(qualifiers.items()))
        )
    return Component(
        place.namespace, name, _version(named[3], named[4]), tuple(sorted(qualifiers.items()))
    )


def _version(version: str | None, query: str | None) -> str:
    if not version:
        return ""
    epoch = parse_qs(query or "").get("epoch", ["0"])[0]
    return f"{epoch}:{unquote(version)}" if epoch.isdigit() else unquote(version)
