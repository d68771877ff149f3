"""Records of any feed, sorted into the stores that they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advisories.draft import Draft
from bedplate.advisories.namespaces import normalise, store_of
from bedplate.advisories.packing import pack_advisory
from bedplate.advisories.record import AsOf, Enrichment, LeftOut, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from bedplate.advisories.advisory_format import Item
    from bedplate.advisories.packing import PackedAdvisory
    from bedplate.model.advisory import Advisory, AffectedPackage
    from bedplate.model.skipped import Skipped

RATINGS = "ratings"
_SHOWN = 20  # records that can't be read and are told one by one; the others are counted


class Tally:
    """What came out of one source.

    Args:
        name: of the source.
        sha256: of its bytes, in hex.
    """

    def __init__(self, name: str, sha256: str) -> None:
        self.name, self.sha256 = name, sha256
        self.as_of = self.etag = self.last_modified = ""
        self.skipped: list[Skipped] = []
        self.skips = 0
        self.left_out: Counter[str] = Counter()
        self.records: Counter[str] = Counter()  # by store
        self.feeds: defaultdict[str, set[str]] = defaultdict(set)  # by store

    def skip(self, skipped: Skipped) -> None:
        """Count a record that can't be read."""
        self.skips += 1
        if len(self.skipped) < _SHOWN:
            self.skipped.append(skipped)


class Router:
    """Gathers the drafts of all stores.

    Args:
        wanted: whether a store is to be made, by its name.
        keep: whether a package is to be kept, by namespace and name; None for all.
        cves: those of which enrichments are kept; None for all.
    """

    def __init__(
        self,
        wanted: Callable[[str], bool] = lambda _store: True,
        keep: Callable[[str, str], bool] | None = None,
        cves: Container[str] | None = None,
    ) -> None:
        self.drafts: defaultdict[str, Draft] = defaultdict(Draft)
        self._wanted, self._keep, self._cves = wanted, keep, cves

    def wants(self, namespace: str) -> bool:
        """Tell whether any store is to be made of a namespace's packages."""
        # a record that is of no store still rates its CVE
        return self._wanted(RATINGS) or self._wanted(store_of(namespace))

    def take(self, item: Item, tally: Tally) -> None:
        """Put an item where it belongs, and count it."""
        if isinstance(item, Record):
            self._record(item, tally)
        elif isinstance(item, Enrichment):
            self._enrich(item, tally)
        elif isinstance(item, LeftOut):
            tally.left_out[item.reason] += 1
        elif isinstance(item, AsOf):
            tally.as_of = max(tally.as_of, item.date)
        else:
            tally.skip(item)

    def _record(self, record: Record, tally: Tally) -> None:
        advisory, affected = record
        by_store: dict[str, list[AffectedPackage]] = {}
        for package in affected:
            by_store.setdefault(store_of(package.namespace), []).append(package)
        packed: PackedAdvisory | None = None
        for store, packages in by_store.items():
            kept = self._kept(store, packages)
            if kept:
                packed = packed or _packed(advisory)
                self.drafts[store].add_packed(packed, kept)
                tally.records[store] += 1
                tally.feeds[store].add(advisory.feed)
        tally.as_of = max(tally.as_of, advisory.modified or advisory.published)
        if advisory.ratings and len(advisory.cves) == 1:
            self._enrich(Enrichment(advisory.cves[0], advisory.ratings), tally)

    def _kept(self, store: str, packages: list[AffectedPackage]) -> list[AffectedPackage]:
        if not self._wanted(store):
            return []
        if self._keep is None:
            return packages
        return [p for p in packages if self._keep(p.namespace, normalise(p.namespace, p.name))]

    def _enrich(self, enrichment: Enrichment, tally: Tally) -> None:
        if self._cves is not None and enrichment.cve not in self._cves:
            return
        for store, part in _parts(enrichment):
            if self._wanted(store):
                self.drafts[store].enrich(part)
                tally.records[store] += 1
                tally.feeds[store].update(rating.source for rating in part.ratings)


def _packed(advisory: Advisory) -> PackedAdvisory:
    """Pack an advisory with its own feed's ratings: all others are in the store of ratings."""
    if not advisory.ratings:
        return pack_advisory(advisory)
    own = tuple(rating for rating in advisory.ratings if rating.source == advisory.feed)
    return pack_advisory(replace(advisory, ratings=own))


def _parts(enrichment: Enrichment) -> list[tuple[str, Enrichment]]:
    """Part an enrichment by the stores that hold its kinds."""
    cve = enrichment.cve
    parts = [
        (RATINGS, Enrichment(cve, ratings=enrichment.ratings)) if enrichment.ratings else None,
        ("epss", Enrichment(cve, epss=enrichment.epss)) if enrichment.epss else None,
        ("kev", Enrichment(cve, kev=enrichment.kev)) if enrichment.kev else None,
    ]
    return [part for part in parts if part is not None]
