"""The order of a package's rows that lets matching stop early."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.advisories.namespaces import scheme_of
from bedplate.errors import InvalidVersion
from bedplate.versions import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.advisories.row import Row


def ordered(rows: Iterable[Row], namespace: str, name: str) -> list[Row]:
    """Put rows with an `until` last, the newest first; see `Row`.

    A bound that the scheme can't compare goes back among the ranges, where matching meets it
    and says so.

    Args:
        rows: of one package; those with the same bound stay in their order.
        namespace: of the package.
        name: of the package.
    """
    scheme = scheme_of(namespace, name)
    others: list[Row] = []
    simple: list[tuple[Any, Row]] = []
    for row in rows:
        if not row.until:
            others.append(row)
            continue
        try:
            simple.append((key(scheme, row.until), row))
        except InvalidVersion:
            bounds = (("0", row.until, ""),)
            others.append(msgspec.structs.replace(row, until="", bounds=bounds))
    simple.sort(key=lambda pair: pair[0], reverse=True)
    return others + [row for _, row in simple]
