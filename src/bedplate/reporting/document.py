"""Reports as plain values: what the JSON format writes. Described in docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.policy_notes import comparison_note
from bedplate.reporting.scan_document import counts_document
from bedplate.reporting.vulnerability_words import counted_images

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Comparison, Inspection, PlatformDifference

INSPECT_SCHEMA = "bedplate/inspect/1"
COMPARE_SCHEMA = "bedplate/compare/1"


def inspection_document(report: Inspection) -> dict[str, Any]:
    """Give one image as plain values."""
    return {
        "schema": INSPECT_SCHEMA,
        "bedplate": __version__,
        "images": [
            {**_facts(facts), "vulnerabilities": counts_document(counts)}
            for facts, counts in counted_images(report)
        ],
        "platform_differences": _differences(report.platform_differences),
    }


def comparison_document(report: Comparison) -> dict[str, Any]:
    """Give images side by side as plain values."""
    return {
        "schema": COMPARE_SCHEMA,
        "bedplate": __version__,
        "images": [
            {
                "facts": _facts(image.facts),
                "compressed_ratio": _plain(image.compressed_ratio),
                "disk_ratio": _plain(image.disk_ratio),
                "packages_differ": _plain(image.packages),
                "is_reference": image.is_reference,
                "vulnerabilities": counts_document(image.vulnerabilities),
            }
            for image in report.images
        ],
        "policy_note": comparison_note(report),
        "platform_differences": _differences(report.platform_differences),
        "skipped": _plain(report.skipped),
    }


def _facts(facts: BaseFacts) -> dict[str, Any]:
    """Give every field; of packages the number of files without their names."""
    document: dict[str, Any] = _plain(facts)
    for package in document["packages"] or ():
        del package["files"]
    if document["labels"] is not None:
        document["labels"] = dict(document["labels"])
    return document


def _differences(found: Iterable[PlatformDifference]) -> list[dict[str, Any]]:
    differences: list[dict[str, Any]] = _plain(tuple(found))
    for item in differences:
        item["values"] = dict(item["values"])
    return differences


def _plain(value: object) -> Any:
    import msgspec  # noqa: PLC0415 - lazy: only JSON reports need it

    return msgspec.to_builtins(value)
