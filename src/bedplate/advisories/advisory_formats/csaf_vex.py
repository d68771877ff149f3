"""CSAF 2.0 VEX, as Red Hat publishes it: one file for each CVE.

Source: OASIS CSAF 2.0, section 4.5 (profile VEX); Red Hat's notes on its product ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.csaf_components import Component, components_of
from bedplate.advisories.csaf_document import CsafDocument
from bedplate.advisories.cvss import rate
from bedplate.advisories.identifiers import split_names, usable
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.levels import level_of
from bedplate.advisories.record import LeftOut, Record
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.csaf_document import Head, Remediation, Vulnerability
    from bedplate.advisories.record import Wanted

NAME = "csaf-vex"
_FEED = "redhat"
_EVERY: tuple[VersionRange, ...] = (VersionRange(),)
_DECODER = msgspec.json.Decoder(CsafDocument)
# what Red Hat writes into `details` of a remediation
_DETAILS = {
    "will not fix": Status.WILL_NOT_FIX,
    "fix deferred": Status.DEFERRED,
    "out of support scope": Status.END_OF_LIFE,
    "affected": Status.AFFECTED,
}


def claims(_name: str, head: bytes) -> bool:
    """Tell CSAF by its version field."""
    return is_json(head) and b'"csaf_version"' in head


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Record | LeftOut | Skipped]:
    """Read every vulnerability of a document."""
    try:
        document = _DECODER.decode(content)
        tree = document.product_tree
        components = components_of(tree) if tree else {}
        for vulnerability in document.vulnerabilities:
            yield _record(document.document, vulnerability, components)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        yield Skipped(name, str(error)[:200])


def _record(
    head: Head, vulnerability: Vulnerability, components: dict[str, Component]
) -> Record | LeftOut:
    identity = vulnerability.cve or head.tracking.id
    if not usable(identity):
        raise ValueError("a vulnerability without an id")
    affected = _packages(vulnerability, components)
    if not affected:
        return LeftOut("records of other packages")
    cves, _ = split_names([identity])
    advisory = Advisory(
        id=identity,
        feed=_FEED,
        cves=cves,
        published=head.tracking.initial_release_date[:40],
        modified=head.tracking.current_release_date[:40],
        ratings=_ratings(head, vulnerability),
    )
    return Record(advisory, affected)


def _packages(
    vulnerability: Vulnerability, components: dict[str, Component]
) -> tuple[AffectedPackage, ...]:
    """Give what is said of each package once: architectures say the same."""
    said = vulnerability.product_status
    if said is None:
        return ()
    open_ = _open_states(vulnerability.remediations)
    found: dict[AffectedPackage, None] = {}
    for identity in said.fixed:
        component = components.get(identity)
        if component is not None and component.version:
            until = (VersionRange(fixed=component.version),)
            found[_package(component, Status.FIXED, until)] = None
    states = (
        *((identity, open_.get(identity, Status.AFFECTED)) for identity in said.known_affected),
        *((identity, Status.UNDER_INVESTIGATION) for identity in said.under_investigation),
        *((identity, Status.NOT_AFFECTED) for identity in said.known_not_affected),
    )
    for identity, status in states:
        component = components.get(identity)
        if component is not None:
            ranges = () if status is Status.NOT_AFFECTED else _EVERY
            found[_package(component, status, ranges)] = None
    return tuple(found)


def _package(
    component: Component, status: Status, ranges: tuple[VersionRange, ...]
) -> AffectedPackage:
    return AffectedPackage(
        component.namespace, component.name, status, ranges, (), component.qualifiers
    )


def _open_states(remediations: list[Remediation]) -> dict[str, Status]:
    """Give what the vendor plans for products without a fix."""
    found: dict[str, Status] = {}
    for remediation in remediations:
        if remediation.category not in ("no_fix_planned", "none_available"):
            continue
        default = (
            Status.WILL_NOT_FIX if remediation.category == "no_fix_planned" else Status.AFFECTED
        )
        status = _DETAILS.get(remediation.details.strip().lower(), default)
        found.update(dict.fromkeys(remediation.product_ids, status))
    return found


def _ratings(head: Head, vulnerability: Vulnerability) -> tuple[Rating, ...]:
    words = [threat.details for threat in vulnerability.threats if threat.category == "impact"]
    if head.aggregate_severity is not None:
        words.append(head.aggregate_severity.text)
    levels = [level for word in words if (level := level_of(word)) is not Level.UNKNOWN]
    found = [Rating(_FEED, levels[0])] if levels else []
    for score in vulnerability.scores:
        cvss = score.get("cvss_v3") or score.get("cvss_v2")
        vector = cvss.get("vectorString") if isinstance(cvss, dict) else None
        rating = rate(_FEED, vector) if isinstance(vector, str) else None
        if rating is not None:
            return (*found, rating)
    return tuple(found)
