"""Claims -> findings: one for each vulnerability in each component."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import scheme_of
from bedplate.errors import InvalidVersion
from bedplate.matching.policy import suppression_of
from bedplate.matching.reading import CVSS, VENDOR, choose
from bedplate.model.advisory import Status
from bedplate.model.finding import Finding
from bedplate.model.rating import Level, Rating
from bedplate.versions import compare

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bedplate.matching.claim import Claim
    from bedplate.matching.enrichment import Enrichments
    from bedplate.model.finding import Witness
    from bedplate.model.package import Package

# A release of a distribution goes one way: only the highest of several fixes is one.
_ONE_WAY = ("deb:", "apk:", "rpm:")
# Of several statements the first of these counts: what is most certain, then most exact.
_STATUSES = (
    Status.FIXED,
    Status.WILL_NOT_FIX,
    Status.END_OF_LIFE,
    Status.DEFERRED,
    Status.UNIMPORTANT,
    Status.AFFECTED,
    Status.UNDER_INVESTIGATION,
)
_URGENCIES = {"low": Level.LOW, "medium": Level.MEDIUM, "high": Level.HIGH}
# Reviewed by people who look at many ecosystems, so first of several witnesses.
_FIRST_FEED = "ghsa"


def merge(
    vulnerability: str,
    claims: Sequence[Claim],
    bundled_in: str,
    enrichments: Enrichments,
    policies: Collection[str],
) -> Finding:
    """Make one finding of everything that is said of one vulnerability in one component.

    Args:
        vulnerability: its id.
        claims: at least one, all of this vulnerability and component.
        bundled_in: as in `Finding`.
        enrichments: what is known of CVEs besides.
        policies: names of the policies that may take it out of the count.
    """
    if len(claims) > 1:
        claims = sorted(claims, key=_claim_order)
    first = claims[0]
    deciding = [claim for claim in claims if claim.rank == first.rank]
    status = min((claim.status for claim in deciding), key=_STATUSES.index)
    witnesses = _witnesses(claims)
    ratings = _ratings(claims, enrichments.ratings.get(vulnerability, ()))
    namespace = first.look_up.namespace
    packages = _packages(claims)
    suppression = suppression_of(
        first.look_up.component, packages, [one.status for one in witnesses], status
    )
    if suppression is not None and suppression.source not in policies:
        suppression = None
    fixed = _fixed(deciding)
    epss = enrichments.epss.get(vulnerability)
    return Finding(
        vulnerability=vulnerability,
        component=first.look_up.component,
        version=first.look_up.version,
        packages=packages,
        status=status,
        aliases=_aliases(vulnerability, claims),
        fixed=fixed,
        fix_date=_fix_date(deciding, fixed),
        ratings=ratings,
        vendor=choose(ratings, namespace, VENDOR),
        cvss=choose(ratings, namespace, CVSS),
        epss=epss[0] if epss else None,
        epss_percentile=epss[1] if epss else None,
        kev=enrichments.kev.get(vulnerability, ""),
        witnesses=witnesses,
        confidence="low" if all(one.confidence == "low" for one in witnesses) else "high",
        layer=min((p.layer for p in packages if p.layer is not None), default=None),
        bundled_in=bundled_in,
        summary=next((c.advisory.summary for c in claims if c.advisory.summary), ""),
        suppression=suppression,
    )


def _claim_order(claim: Claim) -> tuple[int, bool, bool, str, str, str]:
    return (
        claim.rank,
        bool(claim.hit.note),
        claim.advisory.feed != _FIRST_FEED,
        claim.look_up.namespace,
        claim.advisory.id,
        claim.hit.name,
    )


def _witnesses(claims: Sequence[Claim]) -> tuple[Witness, ...]:
    if len(claims) == 1:
        return (claims[0].witness(),)
    return tuple(dict.fromkeys(claim.witness() for claim in claims))


def _packages(claims: Sequence[Claim]) -> tuple[Package, ...]:
    if all(claim.packages is claims[0].packages for claim in claims):
        return claims[0].packages  # of one subject, sorted there
    found = {id(package): package for claim in claims for package in claim.packages}
    return tuple(
        sorted(found.values(), key=lambda p: (p.name, p.version, p.architecture, p.location))
    )


def _aliases(vulnerability: str, claims: Iterable[Claim]) -> tuple[str, ...]:
    found = {name for claim in claims for name in claim.ids}
    return tuple(sorted(found - {vulnerability}))


def _fixed(claims: Sequence[Claim]) -> tuple[str, ...]:
    versions = {version: None for claim in claims for version in claim.fixed}
    if len(versions) < 2:
        return tuple(versions)
    namespace = claims[0].look_up.namespace
    scheme = scheme_of(namespace, claims[0].hit.name)

    def order(a: str, b: str) -> int:
        try:
            return compare(scheme, a, b)
        except InvalidVersion:  # of another feed's scheme; its place matters to nobody
            return 0

    found = sorted(versions, key=cmp_to_key(order))
    return tuple(found[-1:] if namespace.startswith(_ONE_WAY) else found)


def _fix_date(claims: Iterable[Claim], fixed: Collection[str]) -> str:
    """Give the first day on which one of the versions was there; empty when not known."""
    dates = (claim.fix_date for claim in claims if not set(fixed).isdisjoint(claim.fixed))
    return min((date for date in dates if date), default="")


def _ratings(claims: Sequence[Claim], known: tuple[Rating, ...]) -> tuple[Rating, ...]:
    """Collect every statement; that of an erratum is on the worst of what it closes."""
    found: list[Rating] = []
    for claim in claims:
        if not claim.announces or len(claim.advisory.cves) <= 1:
            found += claim.advisory.ratings
            found += _urgency(claim)
    if not found and known:
        return known
    found += known
    if not found:
        found = [rating for claim in claims for rating in claim.advisory.ratings]
    return tuple(dict.fromkeys(found))


def _urgency(claim: Claim) -> tuple[Rating, ...]:
    """Read what a tracker says of one package, whatever the vulnerability is elsewhere."""
    if claim.hit.row.status is Status.UNIMPORTANT:
        return (Rating(claim.advisory.feed, Level.NEGLIGIBLE),)
    if not claim.hit.row.qualifiers:
        return ()
    word = dict(claim.hit.row.qualifiers).get("urgency", "").rstrip("*")
    return (Rating(claim.advisory.feed, _URGENCIES[word]),) if word in _URGENCIES else ()
