"""What will be in a store, gathered in memory before it is written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bedplate.advisories.namespaces import normalise
from bedplate.advisories.ordering import ordered
from bedplate.advisories.packing import (
    PackedAdvisory,
    PackedEnrichment,
    pack_advisory,
    pack_ratings,
)
from bedplate.advisories.reconcile import reconcile
from bedplate.advisories.row import Row, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.advisories.record import Enrichment
    from bedplate.model.advisory import Advisory, AffectedPackage

_DISTRIBUTIONS = ("deb:", "apk:", "rpm:")


class Draft:
    """Advisories with their packages, and enrichments, in the order in which they came."""

    def __init__(self) -> None:
        self._advisories: list[PackedAdvisory] = []
        self._packages: dict[tuple[str, str], list[Row]] = {}
        self._enrichments: dict[str, PackedEnrichment] = {}

    @property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces that it speaks of, sorted."""
        return tuple(sorted({namespace for namespace, _ in self._packages}))

    @property
    def packages(self) -> int:
        """How many packages it says something of."""
        return sum(bool(rows) for rows in self._packages.values())

    @property
    def advisories(self) -> int:
        """How many advisories it holds, or CVEs when it is of enrichments."""
        return len(self._advisories) or len(self._enrichments)

    def add(self, advisory: Advisory, affected: Sequence[AffectedPackage]) -> None:
        """Take in an advisory and those packages of it that this store is for."""
        self.add_packed(pack_advisory(advisory), affected)

    def add_packed(self, advisory: PackedAdvisory, affected: Sequence[AffectedPackage]) -> None:
        """Take in an advisory that may be in several stores: see `add`."""
        key = len(self._advisories)
        self._advisories.append(advisory)
        for package in affected:
            place = package.namespace, normalise(package.namespace, package.name)
            self._packages.setdefault(place, []).append(row_of(key, package))

    def cover(self, packages: Iterable[tuple[str, str]]) -> None:
        """Say of packages that there is nothing against them, in each of its namespaces.

        Args:
            packages: kind and name of each; kinds are what namespaces begin with.
        """
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        for kind, name in packages:
            by_kind[kind].append(name)
        for namespace in self.namespaces:
            for name in by_kind[namespace.partition(":")[0]]:
                self._packages.setdefault((namespace, normalise(namespace, name)), [])

    def enrich(self, enrichment: Enrichment) -> None:
        """Take in what is said of a CVE; each source's word stays, the last one counts."""
        old = self._enrichments.get(enrichment.cve, PackedEnrichment())
        ratings = {(rating[0], bool(rating[3])): rating for rating in old.ratings}
        for rating in pack_ratings(enrichment.ratings):
            ratings[rating[0], bool(rating[3])] = rating
        self._enrichments[enrichment.cve] = PackedEnrichment(
            tuple(ratings[said] for said in sorted(ratings)),
            enrichment.epss or old.epss,
            enrichment.kev or old.kev,
        )

    def finish(self) -> Finished:
        """Give the tables, advisories numbered so that those of one package are neighbours."""
        numbers: dict[int, int] = {}
        packages: list[tuple[str, str, list[tuple[Any, ...]]]] = []
        for (namespace, name), rows in sorted(self._packages.items()):
            found: list[Row] = rows
            if namespace.startswith(_DISTRIBUTIONS):
                found = reconcile(rows, self._advisories)
            found = ordered(found, namespace, name)
            packages.append((namespace, name, [_short(row, numbers) for row in found]))
        advisories = [self._advisories[old] for old in numbers]
        return Finished(packages, advisories, self._enrichments)


class Finished:
    """The content of a store's tables.

    Args:
        packages: namespace, name and rows of each package, sorted.
        advisories: by the key in the rows.
        enrichments: by CVE.
    """

    def __init__(
        self,
        packages: list[tuple[str, str, list[tuple[Any, ...]]]],
        advisories: list[PackedAdvisory],
        enrichments: dict[str, PackedEnrichment],
    ) -> None:
        self.packages = packages
        self.advisories = advisories
        self._enrichments = enrichments

    def enrichments(self) -> Iterator[tuple[str, PackedEnrichment]]:
        """Give what is said of CVEs, sorted by CVE."""
        yield from sorted(self._enrichments.items())


def _short(row: Row, numbers: dict[int, int]) -> tuple[Any, ...]:
    """Give the fields of a row without the empty ones at its end."""
    number = numbers.setdefault(row.advisory, len(numbers))
    if not row.qualifiers:
        if not row.versions:
            if not row.bounds:
                return (number, row.status, row.until)
            return (number, row.status, row.until, row.bounds)
        return (number, row.status, row.until, row.bounds, row.versions)
    return (number, row.status, row.until, row.bounds, row.versions, row.qualifiers)
