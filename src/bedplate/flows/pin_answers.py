"""Ask for digests, each image once in a run: the registry, the catalog, or an engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, ImageNotFound, LimitExceeded, RegistryUnreachable
from bedplate.model.media_types import INDEXES
from bedplate.model.reference import Reference
from bedplate.updating.answer import Answer
from bedplate.updating.exact_tags import candidates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.flows.session import Session

_AT_ONCE = 8
_MAX_IMAGES = 5_000
_MAX_TRIES = 12  # tags whose digest is asked for to find the exact one
_ONE_PLATFORM = "no index: one platform"


class PinAnswers:
    """Digests of references, kept for the run; see `updating.pin_file.Answers`.

    Args:
        session: offline, the catalog answers, with the date of its facts.
        from_daemon: the engine answers, by what it pulled.
    """

    def __init__(self, session: Session, *, from_daemon: bool = False) -> None:
        self._session = session
        self._known: dict[Reference, Answer] = {}
        self._tags: dict[str, tuple[str, ...]] = {}
        self._silent: dict[str, str] = {}  # registries that can't be reached, and why
        if from_daemon:
            self._ask = self._engine
        elif session.offline:
            self._ask = self._catalog
        else:
            self._ask = self._registry

    def prepare(self, references: Iterable[Reference]) -> None:
        """Ask for many at once.

        Raises:
            LimitExceeded: more images than one run should ask for.
        """
        fresh = [one for one in dict.fromkeys(references) if one not in self._known]
        if not fresh:
            return
        if len(fresh) > _MAX_IMAGES:
            raise LimitExceeded(
                f"{len(fresh):,} different images are more than {_MAX_IMAGES:,}", "name fewer paths"
            )
        if self._ask == self._registry:
            self._session.access.registry()  # made here: threads would make one each
        with ThreadPoolExecutor(min(_AT_ONCE, len(fresh))) as pool:
            self._known.update(zip(fresh, pool.map(self._ask, fresh), strict=True))

    def of(self, reference: Reference) -> Answer:
        """Give the digest of a reference, or why there is none."""
        if reference not in self._known:
            self._known[reference] = self._ask(reference)
        return self._known[reference]

    def exact_tag(self, reference: Reference) -> str:
        """Give the exact tag that has the same digest; empty when none is known."""
        answer = self.of(reference)
        if answer.failure:
            return ""
        if self._ask == self._catalog:
            return next(iter(candidates(reference.tag, self._equals(reference))), "")
        for tag in islice(candidates(reference.tag, self._listed(reference)), _MAX_TRIES):
            other = Reference(reference.registry, reference.repository, tag)
            if self.of(other).digest == answer.digest:
                return tag
        return ""

    def _registry(self, reference: Reference) -> Answer:
        if silence := self._silent.get(reference.registry):
            return Answer(failure=silence)
        try:
            found = self._session.access.registry().head_manifest(reference.to_pull())
        except ImageNotFound as error:
            return Answer(failure=str(error), gone=True)
        except RegistryUnreachable as error:
            self._silent[reference.registry] = str(error)
            return Answer(failure=str(error))
        except BedplateError as error:
            return Answer(failure=str(error))
        note = "" if found.media_type in INDEXES else _ONE_PLATFORM
        return Answer(str(found.digest), self._session.today.isoformat(), note)

    def _catalog(self, reference: Reference) -> Answer:
        facts = self._session.catalog.find(reference)
        if facts is None:
            return Answer(failure="offline, and not in the catalog", dated=True)
        note = f"as of {facts.observed}, by the catalog"
        if facts.index_digest is None:
            reason = f"the catalog ({facts.observed}) does not know the digest of its index"
            return Answer(failure=reason, dated=True)
        return Answer(facts.index_digest, facts.observed, note, dated=True)

    def _engine(self, reference: Reference) -> Answer:
        from bedplate.images.engine import repository_digest  # noqa: PLC0415 - lazy: HTTP

        if silence := self._silent.get(""):
            return Answer(failure=silence)
        try:
            digest = repository_digest(reference, self._session.access.docker_host)
        except RegistryUnreachable as error:
            self._silent[""] = str(error)
            return Answer(failure=str(error))
        except BedplateError as error:
            return Answer(failure=str(error), dated=True)
        if not digest:
            return Answer(failure="the engine did not pull it from this registry", dated=True)
        note = "as the engine pulled it"
        return Answer(digest, self._session.today.isoformat(), note, dated=True)

    def _listed(self, reference: Reference) -> tuple[str, ...]:
        """List the tags of a repository; none when they can't be had, which is said."""
        if reference.name not in self._tags:
            try:
                tags = tuple(self._session.access.registry().tags(reference))
            except BedplateError as error:
                self._session.notify(f"{reference.familiar_name}: no exact tags: {error}")
                tags = ()
            self._tags[reference.name] = tags
        return self._tags[reference.name]

    def _equals(self, reference: Reference) -> list[str]:
        """List the tags that stood for the same image when the catalog looked."""
        name = str(reference)
        prefix = f"{reference.name}:"
        for summary in self._session.catalog.references():
            names = (summary.reference, *summary.aliases)
            if name in names and any(
                row.index_digest == self.of(reference).digest for row in summary.rows
            ):
                return [one.removeprefix(prefix) for one in names if one.startswith(prefix)]
        return []
