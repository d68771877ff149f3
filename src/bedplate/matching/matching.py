"""Packages x advisories -> findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.matching.answers import ask
from bedplate.matching.enrichment import enrichments_of
from bedplate.matching.merging import merge
from bedplate.matching.naming import Names
from bedplate.matching.policy import POLICIES
from bedplate.matching.reading import gravest_first
from bedplate.matching.sources import Sources
from bedplate.matching.subjects import subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.advisories.store import Store
    from bedplate.advisories.stores import Stores
    from bedplate.matching.answers import SubjectClaim
    from bedplate.matching.claim import Claim
    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.finding import Finding
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime
    from bedplate.model.skipped import Skipped
    from bedplate.model.store_manifest import StoreManifest


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """What a user decides about matching.

    Args:
        policies: names of the policies that take findings out of the count, see `policy`.
    """

    policies: frozenset[str] = frozenset(POLICIES)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The outcome.

    Args:
        findings: what counts, gravest first by the vendors' levels.
        suppressed: what does not, each with its `suppression`.
        unmatched: packages for which there are no advisories, or no comparison.
        stores: the advisories that were asked.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    unmatched: tuple[Skipped, ...]
    stores: tuple[StoreManifest, ...]


_DEFAULTS = MatchOptions()


def match(
    packages: Sequence[Package],
    stores: Store | Stores,
    *,
    runtimes: Iterable[Runtime] = (),
    distro: DistroRelease | None = None,
    options: MatchOptions = _DEFAULTS,
) -> MatchResult:
    """Find the known vulnerabilities of an image.

    The same packages and stores give the same result, in the same order.

    Args:
        packages: what is installed, from `inventory.collect`, an SBOM or the catalog.
        stores: `advisories.stores.Stores`, or one store.
        runtimes: language runtimes; one that the distribution packages is left to it.
        distro: the release; None to go by the package URLs (`distro=debian-12`), and where
            they do not tell, by the one store.
        options: what the user decides.

    Raises:
        CorruptStore: a store can't be read.
    """
    sources = Sources(stores)
    subjects, unmatched = subjects_of(packages, runtimes, distro, sources.only)
    claims, uncompared = ask(subjects, sources)
    found = gravest_first(_findings(claims, sources, options))
    return MatchResult(
        findings=tuple(one for one in found if one.suppression is None),
        suppressed=tuple(one for one in found if one.suppression is not None),
        unmatched=tuple(sorted((*unmatched, *uncompared), key=lambda s: (s.what, s.reason))),
        stores=sources.manifests,
    )


def _findings(
    claims: Sequence[SubjectClaim], sources: Sources, options: MatchOptions
) -> list[Finding]:
    names = Names([one.claim for one in claims])
    grouped: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for subject, claim in claims:
        look_up = claim.look_up
        kind = "runtime" if subject.runtime else look_up.namespace
        key = (kind, look_up.component, look_up.version, subject.bundled_in, names.of(claim))
        grouped[key].append(claim)
    enrichments = enrichments_of(sources, sorted({key[-1] for key in grouped}))
    return [
        merge(key[-1], said, key[-2], enrichments, options.policies)
        for key, said in grouped.items()
    ]
