"""Manifests, indexes, configurations, layout files and descriptors: valid or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import BadInput
from bedplate.model import documents

if TYPE_CHECKING:
    from collections.abc import Callable

KIND = "kind"
KINDS: frozenset[str] = frozenset()
_PARSERS: dict[str, Callable[[bytes], object]] = {
    "manifest": documents.parse_manifest,
    "index": documents.parse_index,
    "config": documents.parse_image_config,
    "layout": documents.parse_layout,
    "descriptor": documents.parse_descriptor,
}


def test_document_is_valid_or_not(row: dict[str, Any]) -> None:
    reason = ""
    try:
        _PARSERS[row["kind"]](row["document"].encode())
    except BadInput as error:
        reason = str(error)
    assert (reason == "") == row["expect"]["valid"], reason
