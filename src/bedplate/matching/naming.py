"""Which claims are about one vulnerability, and what it is called."""

from __future__ import annotations

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
        for claim in claims:
            own = _other_ids(claim)
            for one in own[1:]:
                self._join(own[0], one)
        for claim in claims:
            own = _other_ids(claim)
            if claim.cve and own:
                # of several CVE ids with one alias the alphabet decides, not the order of feeds
                root = self._root(own[0])
                self._cves[root] = min(claim.cve, self._cves.get(root, claim.cve))

    def of(self, claim: Claim) -> str:
        """Give the id under which a claim is counted."""
        if claim.cve:
            return claim.cve
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
    """Give the ids of the one vulnerability of an advisory; none of one that covers several."""
    if len(claim.advisory.cves) > 1:
        return []
    own = claim.advisory.id
    return [*([own] if own != claim.cve else []), *claim.advisory.aliases]


def _rank(name: str) -> tuple[int, str]:
    known = (number for number, front in enumerate(_KNOWN) if name.startswith(front))
    return next(known, len(_KNOWN)), name
