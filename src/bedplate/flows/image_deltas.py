"""Compares images with what they could move to, and asks the gates."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advisories.stores import open_stores
from bedplate.errors import BedplateError, CorruptStore
from bedplate.flows.differences import package_difference
from bedplate.flows.inspect import inspect
from bedplate.matching.matching import match
from bedplate.model.digest import Digest
from bedplate.updating.delta import delta_of, vulnerability_change
from bedplate.updating.gate import GateCase
from bedplate.updating.judging import judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.candidate import Candidate
    from bedplate.model.delta import ImageDelta, VulnerabilityChange
    from bedplate.model.finding import Finding
    from bedplate.model.reference import Reference
    from bedplate.model.update_policy import UpdatePolicy
    from bedplate.updating.gate import Proof

    Prove = Callable[[Reference, Candidate], Proof | None]


class ImageDeltas:
    """Deltas of a run; each image is looked at once.

    Args:
        session: how images are looked at: with `pull`, their layers are read when nothing
            cheaper knows what is in them.
        prove: tells whether an app would load on a candidate; None where nobody can.
    """

    def __init__(self, session: Session, prove: Prove | None = None) -> None:
        self._session = session
        self._prove = prove
        self._facts: dict[tuple[str, str], BaseFacts | str] = {}
        self._deltas: dict[tuple[Reference, Candidate], ImageDelta | None] = {}
        self._findings: dict[int, tuple[tuple[Finding, ...], str] | None] = {}
        self._unknown: dict[tuple[Reference, Candidate], tuple[str, ...]] = {}

    def refusal(self, reference: Reference, candidate: Candidate, policy: UpdatePolicy) -> str:
        """Say why a candidate does not pass the gates, empty when it does."""
        delta = self.of(reference, candidate, policy)
        proof = self._prove(reference, candidate) if self._prove else None
        case = GateCase(candidate, policy, self._session.today, None, delta, proof)
        refused, self._unknown[reference, candidate] = judge(case)
        return refused

    def unknown(self, reference: Reference, candidate: Candidate) -> tuple[str, ...]:
        """List what the gates could not tell of a candidate, and what could not be looked at."""
        images = (reference, self._goal(reference, candidate))
        names = {str(one.to_pull()) for one in images}
        failures = (
            found
            for (name, _), found in self._facts.items()
            if name in names and isinstance(found, str)
        )
        return tuple(dict.fromkeys((*failures, *self._unknown.get((reference, candidate), ()))))

    def of(
        self, reference: Reference, candidate: Candidate, policy: UpdatePolicy
    ) -> ImageDelta | None:
        """Compare an image with a candidate; None when either can't be looked at."""
        key = (reference, candidate)
        if key not in self._deltas:
            self._deltas[key] = self._compare(reference, candidate, policy)
        return self._deltas[key]

    def _compare(
        self, reference: Reference, candidate: Candidate, policy: UpdatePolicy
    ) -> ImageDelta | None:
        goal = self._goal(reference, candidate)
        platform = str(policy.platforms[0]) if policy.platforms else ""
        before, after = self._look(reference, platform), self._look(goal, platform)
        if isinstance(before, str) or isinstance(after, str):
            return None
        return delta_of(
            before, after, package_difference(before, after), self._vulnerabilities(before, after)
        )

    @staticmethod
    def _goal(reference: Reference, candidate: Candidate) -> Reference:
        digest = Digest.parse(candidate.digest) if candidate.digest else None
        return replace(reference, tag=candidate.tag, digest=digest)

    def _look(self, reference: Reference, platform: str) -> BaseFacts | str:
        key = (str(reference.to_pull()), platform)
        if key not in self._facts:
            self._facts[key] = self._inspected(reference, platform)
        found = self._facts[key]
        return found if isinstance(found, str) else replace(found, name=reference.familiar)

    def _inspected(self, reference: Reference, platform: str) -> BaseFacts | str:
        from bedplate.model.platform import Platform  # noqa: PLC0415 - lazy: seldom needed

        session = replace(self._session, all_platforms=False)
        if platform:
            session = replace(session, platform=Platform.parse(platform), platform_asked=True)
        try:
            return inspect(str(reference.to_pull()), session)[0]
        except BedplateError as error:
            return error.message

    def _vulnerabilities(self, before: BaseFacts, after: BaseFacts) -> VulnerabilityChange | None:
        found = [self._found(facts) for facts in (before, after)]
        old, new = found
        if old is None or new is None:
            return None
        return vulnerability_change(old[0], new[0], min(old[1], new[1]))

    def _found(self, facts: BaseFacts) -> tuple[tuple[Finding, ...], str] | None:
        """Match the packages of an image; None when nothing can be held against advisories."""
        if facts.packages is None:
            return None
        key = id(facts.packages)  # kept alive by `_facts`
        if key in self._findings:
            return self._findings[key]
        answer = None
        with contextlib.closing(open_stores(self._session.advisory_folder)) as stores:
            runtimes = facts.runtimes or ()
            try:
                found = match(facts.packages, stores, runtimes=runtimes, distro=facts.distro)
            except CorruptStore as error:
                self._session.notify(str(error))
            else:
                if found.stores or not (facts.packages or runtimes):
                    days = (one.as_of for one in found.stores if one.namespaces)
                    answer = (tuple(found.findings), min(days, default=""))
        self._findings[key] = answer
        return answer
