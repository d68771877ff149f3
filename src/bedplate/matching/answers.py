"""What is looked up, held against the stores -> claims."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advisories.identifiers import is_erratum
from bedplate.advisories.namespaces import store_of
from bedplate.matching.claim import Claim
from bedplate.matching.row_test import Answers, hold, is_pro
from bedplate.matching.runtime_keys import authority
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bedplate.advisories.row import Row
    from bedplate.matching.row_test import Hit
    from bedplate.matching.sources import Sources
    from bedplate.matching.subjects import Subject
    from bedplate.model.advisory import Advisory

_NAMED = 3  # packages that a reason names
_PRO = "deb:ubuntu:"
_DISTRIBUTIONS = ("deb:", "apk:", "rpm:")
_OPEN_BESIDE = ("rpm:", _PRO)  # namespaces where a fix may stand beside an open state


class SubjectClaim(NamedTuple):
    """A claim and what it is about."""

    subject: Subject
    claim: Claim


def ask(subjects: Sequence[Subject], sources: Sources) -> tuple[list[SubjectClaim], list[Skipped]]:
    """Hold everything against the advisories.

    Returns:
        claims, and what could not be compared or has no store.
    """
    by_namespace: defaultdict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        by_namespace[subject.look_up.namespace].append(subject)
    epochs = _has_epochs(subjects)
    claims: list[SubjectClaim] = []
    unmatched: list[Skipped] = []
    knowledge = _Knowledge()
    for namespace, asked in by_namespace.items():
        store = sources.of(namespace)
        if store is None:
            unmatched += _without_store(namespace, asked)
            continue
        names = {one.name for subject in asked for one in subject.look_up.asks}
        rows = store.rows(namespace, names)
        if store.manifest.covers:
            unmatched += _not_covered(namespace, asked, rows)
        heard = [
            _Said(subject, rows, epochs=epochs)
            for subject in asked
            if any(one.name in rows for one in subject.look_up.asks)
        ]
        # all at once: advisories lie in blocks, each of which is unpacked as a whole
        wanted = {key for said in heard for key in said.wanted}
        advisories = store.advisories(sorted(wanted)) if wanted else {}
        for said in heard:
            said.advisories = advisories
            unmatched += said.uncompared()
            knowledge.learn(said)
            claims += said.claims()
    return [one for one in claims if knowledge.agrees(one)], unmatched


def _has_epochs(subjects: Iterable[Subject]) -> bool:
    """Tell whether the rpm packages of a list have their epochs: every release has some."""
    versions = [
        subject.look_up.version
        for subject in subjects
        if subject.look_up.namespace.startswith("rpm:")
    ]
    return not versions or any(":" in version for version in versions)


def _without_store(namespace: str, asked: Sequence[Subject]) -> list[Skipped]:
    return _told(namespace, asked, f"there is no advisory store {store_of(namespace)}")


def _not_covered(
    namespace: str, asked: Sequence[Subject], rows: Mapping[str, Sequence[Row]]
) -> list[Skipped]:
    """Name what a store for a few packages does not know: that nothing is found says nothing."""
    unknown = [one for one in asked if not any(ask.name in rows for ask in one.look_up.asks)]
    return _told(namespace, unknown, f"the advisories at hand for {namespace} do not cover it")


def _told(namespace: str, subjects: Sequence[Subject], reason: str) -> list[Skipped]:
    if not subjects or (namespace == "bitnami" and all(one.runtime for one in subjects)):
        return []  # on runtimes it is only a second opinion
    packages = [package for subject in subjects for package in subject.packages]
    names = sorted({f"{package.name} {package.version}" for package in packages})
    if len(names) == 1:
        return [Skipped(names[0], reason)]
    more = ", ..." if len(names) > _NAMED else ""
    listed = ", ".join(names[:_NAMED]) + more
    return [Skipped(f"{len(packages)} packages of {namespace} ({listed})", reason)]


class _Said:
    """Everything that the rows of one subject say.

    Args:
        subject: what was looked up.
        rows: of its namespace, by name.
        epochs: as for `hold`.
    """

    def __init__(
        self, subject: Subject, rows: Mapping[str, Sequence[Row]], *, epochs: bool
    ) -> None:
        self.subject = subject
        look_up = subject.look_up
        self._answers: list[Answers] = [
            hold(rows[one.name], one, look_up, epochs=epochs)
            for one in look_up.asks
            if one.name in rows
        ]
        self._hits: list[Hit] = [hit for answers in self._answers for hit in answers.affected]
        spared = (row for answers in self._answers for row in answers.not_affected)
        self._spared: list[Row] = list(spared) if self._hits or subject.runtime else []
        self._closed: list[Row] = list(self._closing())
        self.advisories: Mapping[int, Advisory] = {}

    @property
    def wanted(self) -> Iterator[int]:
        """The keys of the advisories that `advisories` must hold."""
        yield from (hit.row.advisory for hit in self._hits)
        yield from (row.advisory for row in (*self._spared, *self._closed))

    def _closing(self) -> Iterator[Row]:
        """Yield the rows that matter though they do not hold.

        Errata of rpm packages close what a state of the source leaves open, and Ubuntu's fixes
        for subscribers what the release leaves open; of several feeds on a runtime the most
        exact one decides, also when it says no. Elsewhere stores have set that right.
        """
        namespace = self.subject.look_up.namespace
        is_open = any(not hit.fixed for hit in self._hits)
        if not self.subject.runtime and not (is_open and namespace.startswith(_OPEN_BESIDE)):
            return
        for answers in self._answers:
            for row in answers.resolved:
                if namespace.startswith(_PRO) and not is_pro(row):
                    continue
                yield row

    def uncompared(self) -> Iterator[Skipped]:
        """Yield what could not be compared."""
        count = sum(answers.unknown for answers in self._answers)
        if count:
            look_up = self.subject.look_up
            rows = f"{count} rows of advisories" if count > 1 else "one row of advisories"
            reason = f"{rows} can't be compared with its version"
            yield Skipped(f"{look_up.component} {look_up.version}", reason)

    def claims(self) -> Iterator[SubjectClaim]:
        """Yield a claim for each vulnerability of each row that holds."""
        subject = self.subject
        by_distribution = subject.look_up.namespace.startswith(_DISTRIBUTIONS)
        for hit in self._hits:
            advisory = self.advisories[hit.row.advisory]
            rank = authority(subject.runtime, advisory.feed) if subject.runtime else 0
            # an erratum closes several vulnerabilities, and a distribution's record may lump
            # some together; any other advisory is about one
            announces = is_erratum(advisory.id)
            each: list[tuple[str, ...]] = [advisory.cves]
            if advisory.cves and (announces or by_distribution):
                each = [(cve,) for cve in advisory.cves]
            for cves in each:
                yield SubjectClaim(
                    subject,
                    Claim(subject.look_up, hit, advisory, cves, subject.packages, rank, announces),
                )

    def overruled(self) -> Iterator[str]:
        """Yield ids of what the package never had, or what an installed update has closed."""
        for row in (*self._spared, *self._closed):
            yield from self._ids(row)

    def feeds(self) -> Iterator[tuple[str, str]]:
        """Yield every id that a feed knows of the subject, and the feed."""
        for row in (*(hit.row for hit in self._hits), *self._spared, *self._closed):
            feed = self.advisories[row.advisory].feed
            yield from ((name, feed) for name in self._ids(row))

    def _ids(self, row: Row) -> tuple[str, ...]:
        advisory = self.advisories[row.advisory]
        return advisory.cves or (advisory.id,)


class _Knowledge:
    """What the rows of one component say against those of another."""

    def __init__(self) -> None:
        self._overruled: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._best: dict[tuple[str, str], int] = {}
        self._best_hit: dict[tuple[str, str], int] = {}

    def learn(self, said: _Said) -> None:
        """Take in what the rows of one subject say."""
        look_up, runtime = said.subject.look_up, said.subject.runtime
        if runtime:
            for name, feed in said.feeds():
                _lower(self._best, (runtime, name), authority(runtime, feed))
            for one in said.claims():
                for name in _names(one.claim):
                    _lower(self._best_hit, (runtime, name), one.claim.rank)
            return
        self._overruled[look_up.namespace, look_up.component].update(said.overruled())

    def agrees(self, one: SubjectClaim) -> bool:
        """Tell whether a claim holds beside everything else.

        A row with a fix speaks of the very versions that it holds for; one without is only a
        state, which "not affected" and an update that is installed both overrule.
        """
        claim, runtime = one.claim, one.subject.runtime
        if runtime:
            known = [(runtime, name) for name in _names(claim)]
            return any(self._best_hit[name] == self._best[name] for name in known)
        component = (claim.look_up.namespace, claim.look_up.component)
        overruled = self._overruled.get(component, set())
        return bool(claim.hit.fixed) or overruled.isdisjoint(_names(claim))


def _names(claim: Claim) -> tuple[str, ...]:
    return claim.cves or (claim.advisory.id,)


def _lower(ranks: dict[tuple[str, str], int], key: tuple[str, str], rank: int) -> None:
    ranks[key] = min(rank, ranks.get(key, rank))
