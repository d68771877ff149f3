"""Which releases the words of a tag name, as products and cycles of the end-of-life table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.facts.end_of_life import load_table
from bedplate.tags import parse
from bedplate.tags.products import named_cycles, product_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.reference import Reference

# Publishers whose tags name the distribution that an image stands on.
_WITH_SUFFIX = ("docker.io/library/", "docker.io/rockylinux/", "mcr.microsoft.com/dotnet/")


def releases_of(reference: Reference) -> Iterator[tuple[str, str]]:
    """List what the tag says is in an image, as product and cycle of the end-of-life table.

    A tag that names no cycle of the table (`latest`, `lts`, `3` of python) says nothing.
    """
    runtime = product_of(reference.name)
    for product, cycle in named_cycles(parse(reference.name, reference.tag), _is_cycle):
        if product == runtime or reference.name.startswith(_WITH_SUFFIX):
            yield product, cycle


def _is_cycle(product: str, cycle: str) -> bool:
    known = load_table().products.get(product)
    return known is not None and cycle in known.cycles
