"""A CSAF VEX document as it is written, as far as bedplate reads it.

Source: OASIS CSAF 2.0, section 3.2; Red Hat's profile of it.
"""

from __future__ import annotations

from typing import Any

import msgspec

_MAX_BRANCHES = 500_000


class Helper(msgspec.Struct):
    """Names of a product in other systems."""

    cpe: str = ""
    purl: str = ""


class Product(msgspec.Struct):
    """A product."""

    product_id: str
    product_identification_helper: Helper | None = None


class Branch(msgspec.Struct):
    """A node of the product tree."""

    branches: list[Branch] = []
    product: Product | None = None


class Relationship(msgspec.Struct):
    """A component that is part of a product."""

    full_product_name: Product
    product_reference: str
    relates_to_product_reference: str


class ProductTree(msgspec.Struct):
    """All products that the document speaks of."""

    branches: list[Branch] = []
    relationships: list[Relationship] = []

    def products(self) -> dict[str, Helper]:
        """Give the other names of every product by its id.

        Raises:
            ValueError: more branches than bedplate will read.
        """
        found: dict[str, Helper] = {}
        rest = list(self.branches)
        seen = 0
        while rest:
            branch = rest.pop()
            seen += 1
            if seen > _MAX_BRANCHES:
                raise ValueError("too many products")
            rest += branch.branches
            if branch.product is not None:
                helper = branch.product.product_identification_helper
                found[branch.product.product_id] = helper or Helper()
        return found


class ProductStatus(msgspec.Struct):
    """Ids of products by what is said of them."""

    fixed: list[str] = []
    known_affected: list[str] = []
    known_not_affected: list[str] = []
    under_investigation: list[str] = []


class Remediation(msgspec.Struct):
    """What can be done about it."""

    category: str = ""
    details: str = ""
    product_ids: list[str] = []


class Threat(msgspec.Struct):
    """The vendor's word for its gravity."""

    category: str = ""
    details: str = ""


class Vulnerability(msgspec.Struct):
    """A vulnerability."""

    cve: str = ""
    product_status: ProductStatus | None = None
    remediations: list[Remediation] = []
    scores: list[dict[str, Any]] = []
    threats: list[Threat] = []


class Tracking(msgspec.Struct):
    """Id and dates."""

    id: str = ""
    current_release_date: str = ""
    initial_release_date: str = ""


class Severity(msgspec.Struct):
    """The vendor's word for the gravity of all of it."""

    text: str = ""


class Head(msgspec.Struct):
    """What the document says of itself."""

    tracking: Tracking
    aggregate_severity: Severity | None = None


class CsafDocument(msgspec.Struct):
    """The document."""

    document: Head
    product_tree: ProductTree | None = None
    vulnerabilities: list[Vulnerability] = []
