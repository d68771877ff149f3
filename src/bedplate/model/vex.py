"""What a VEX document says of a vulnerability in a product."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VexStatus(StrEnum):
    """The four states of VEX. Source: CISA, "Minimum Requirements for VEX", 2023."""

    NOT_AFFECTED = "not_affected"
    AFFECTED = "affected"
    FIXED = "fixed"
    UNDER_INVESTIGATION = "under_investigation"


@dataclass(frozen=True, slots=True)
class VexProduct:
    """What a statement is about.

    Args:
        ids: package URLs, image references or digests that name it, any of which will do.
        components: package URLs of the parts that the statement is confined to; empty for
            the whole product.
    """

    ids: tuple[str, ...]
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VexStatement:
    """One statement.

    Args:
        vulnerability: id, as the document names it.
        aliases: its other ids.
        status: what is said.
        products: of what; empty for whatever the document is handed in with.
        justification: why it is not affected: `component_not_present`, ...; may be empty.
        detail: for people: impact statement, action; may be empty.
        author: who says so; may be empty.
        time: ISO time of the statement; may be empty. A later one overrules an earlier one.
        source: the document.
    """

    vulnerability: str
    status: VexStatus
    products: tuple[VexProduct, ...] = ()
    aliases: tuple[str, ...] = ()
    justification: str = ""
    detail: str = ""
    author: str = ""
    time: str = ""
    source: str = ""
