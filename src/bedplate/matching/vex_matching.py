"""VEX statements x findings -> findings that do not count."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.matching.purl import covers, parse_purl
from bedplate.model.finding import Suppression
from bedplate.model.reference import Reference
from bedplate.model.vex import VexStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.package import Package
    from bedplate.model.vex import VexProduct, VexStatement

_DIGEST = re.compile(r"sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})")
_SILENCING = (VexStatus.NOT_AFFECTED, VexStatus.FIXED)


def apply_vex(
    findings: Iterable[Finding],
    statements: Iterable[VexStatement],
    image: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Mark the findings of which a VEX document says that they are no danger.

    Of several statements on one finding the latest counts, of equally old ones the last.

    Args:
        findings: as matched; those that are suppressed already stay as they are.
        statements: of all documents.
        image: what names the image: references and digests.
    """
    known: defaultdict[str, list[VexStatement]] = defaultdict(list)
    for statement in statements:
        for name in {statement.vulnerability, *statement.aliases}:
            known[name.upper()].append(statement)
    names = _ImageNames(image)
    return tuple(_judged(finding, known, names) if known else finding for finding in findings)


def _judged(finding: Finding, known: dict[str, list[VexStatement]], names: _ImageNames) -> Finding:
    if finding.suppression is not None:
        return finding
    about = [
        statement
        for name in (finding.vulnerability, *finding.aliases)
        for statement in known.get(name.upper(), ())
        if _concerns(statement, finding, names)
    ]
    if not about:
        return finding
    newest = max(statement.time for statement in about)
    last = [statement for statement in about if statement.time == newest][-1]
    if last.status not in _SILENCING:
        return finding
    said = "fixed" if last.status is VexStatus.FIXED else "not affected"
    why = last.justification.replace("_", " ")
    reason = ": ".join(part for part in (said, why, last.detail) if part)
    return replace(finding, suppression=Suppression("vex", reason, last.source, last.author))


def _concerns(statement: VexStatement, finding: Finding, names: _ImageNames) -> bool:
    """Tell whether a statement is about every package of a finding."""
    return all(
        not statement.products
        or any(_is_about(product, package, names) for product in statement.products)
        for package in finding.packages
    )


def _is_about(product: VexProduct, package: Package, names: _ImageNames) -> bool:
    if not product.components:
        return any(names.include(one) or _names_package(one, package) for one in product.ids)
    # a product without an id that we can compare is a release of a distribution
    whole = not product.ids or any(names.include(one) for one in product.ids)
    return whole and any(_names_package(one, package) for one in product.components)


def _names_package(identity: str, package: Package) -> bool:
    pattern = parse_purl(identity)
    return pattern is not None and covers(pattern, package)


class _ImageNames:
    """What names the image, and whether an id of a document is among it.

    Args:
        names: references and digests.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._digests = {found for name in names for found in _DIGEST.findall(name)}
        self._references = {_canonical(name) for name in names} - {""}
        self._repositories = {_repository(name) for name in self._references}
        self._known: dict[str, bool] = {}

    def include(self, identity: str) -> bool:
        """Tell whether an id of a document is the image's."""
        if identity not in self._known:
            self._known[identity] = self._compare(identity)
        return self._known[identity]

    def _compare(self, identity: str) -> bool:
        digests = _DIGEST.findall(identity.replace("%3A", ":").replace("%3a", ":"))
        if digests:
            return not self._digests.isdisjoint(digests)
        purl = parse_purl(identity)
        if purl is None:
            return _canonical(identity) in self._references
        if purl.type not in ("oci", "docker") or not self._repositories:
            return False
        qualifiers = dict(purl.qualifiers)
        name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
        name = qualifiers.get("repository_url", name)
        tag = qualifiers.get("tag", purl.version)
        if tag:
            return _canonical(f"{name}:{tag}") in self._references
        return _repository(_canonical(name)) in self._repositories


def _canonical(name: str) -> str:
    """Write a reference out; empty for what is none."""
    try:
        return str(Reference.parse(name).with_default_tag())
    except BedplateError:
        return ""


def _repository(reference: str) -> str:
    """Cut tag and digest off a canonical reference."""
    plain = reference.partition("@")[0]
    folder, slash, name = plain.rpartition("/")
    return f"{folder}{slash}{name.partition(':')[0]}" if plain else "-"
