"""Findings that were there before: a file of what is known, so that only new ones fail.

A finding is known by its vulnerability and component. The version is left out: an update that
does not mend it makes it no new one.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.model.finding import Suppression
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bedplate.model.finding import Finding

    Known = tuple[str, str]  # vulnerability, component

_VERSION = 1


def write_baseline(findings: Iterable[Finding]) -> str:
    """Write down what is known from now on."""
    known = sorted({(finding.vulnerability, finding.component) for finding in findings})
    rows = [{"vulnerability": name, "component": component} for name, component in known]
    return json.dumps({"version": _VERSION, "findings": rows}, indent=2) + "\n"


def read_baseline(content: str, name: str) -> frozenset[Known]:
    """Read what is known, from a baseline or from a JSON report of an earlier scan.

    Args:
        content: JSON.
        name: of the file, for messages.

    Raises:
        InvalidDocument: neither of them.
    """
    try:
        document = mapping(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not JSON: {error}") from error
    listed = [document, *map(mapping, items(document.get("scans")))]
    if not any(isinstance(part.get("findings"), list) for part in listed):
        raise InvalidDocument(f"{name}: not a baseline of bedplate scan", "write it anew")
    return frozenset(known for part in listed for known in _known(part))


def _known(part: dict[str, Any]) -> Iterator[Known]:
    for finding in map(mapping, items(part.get("findings"))):
        component = text(finding.get("component"))
        for name in (text(finding.get("vulnerability")), *texts(finding.get("aliases"))):
            if name and component:
                yield name, component


def apply_baseline(
    findings: Iterable[Finding], known: Collection[Known], source: str
) -> tuple[Finding, ...]:
    """Mark the findings that a baseline names; those that are suppressed already stay so."""
    suppression = Suppression("baseline", "known before", source)
    return tuple(
        replace(finding, suppression=suppression)
        if finding.suppression is None
        and any(
            (name, finding.component) in known for name in (finding.vulnerability, *finding.aliases)
        )
        else finding
        for finding in findings
    )
