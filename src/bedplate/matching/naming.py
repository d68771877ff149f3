"""Which claims are about one vulnerability, and what it is called."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.matching.claim import Claim

# Which id people know, when there is no CVE id; the rest in the order of the alphabet.
_KNOWN = ("GHSA-", "GO-", "RUSTSEC-", "PYSEC-")


class Names:
    """The vulnerabilities that claims are about.

    Two CVE ids are always two vulnerabilities; every other id is joined to the CVE id, or to
    the other ids, that an advisory calls its alias. Related ids are not in advisories.

    Args:
        claims: all claims on an image.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._parents: dict[str, str] = {}
        self._cves: dict[str, str] = {}
        self._sole: Counter[str] = Counter()  # advisories that are about one CVE id alone
        listed = list(claims)
        for claim in listed:
            if len(claim.cves) == 1:
                self._sole[claim.cves[0]] += 1
            others = _other_ids(claim)
            for one in others[1:]:
                self._join(others[0], one)
        for claim in listed:
            others = _other_ids(claim)
            if len(claim.cves) == 1 and others:
                # of several CVE ids with one alias the alphabet decides, not the order of feeds
                root, cve = self._root(others[0]), claim.cves[0]
                self._cves[root] = min(cve, self._cves.get(root, cve))

    def of(self, claim: Claim) -> str:
        """Give the id under which a claim is counted.

        Of an advisory with several CVE ids it is the one of which others speak too.
        """
        if claim.cves:
            return min(claim.cves, key=lambda cve: (-self._sole[cve], cve))
        root = self._root(claim.advisory.id)
        return self._cves.get(root) or root

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._root(one), self._root(other)), key=_rank)
        if first != second:
            self._parents[second] = first

    def _root(self, name: str) -> str:
        while name in self._parents:
            name = self._parents[name]
        return name


def _other_ids(claim: Claim) -> list[str]:
    """Give the ids of a vulnerability beside the CVE id; none of an advisory with several."""
    if len(claim.advisory.cves) > 1 or (claim.announces and claim.cves):
        return []
    return [name for name in claim.ids if name not in claim.cves]


def _rank(name: str) -> tuple[int, str]:
    known = (number for number, front in enumerate(_KNOWN) if name.startswith(front))
    return next(known, len(_KNOWN)), name
