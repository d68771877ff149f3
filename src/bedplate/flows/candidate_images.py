"""Find the images of a project's families: in registries, or offline in the catalog."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.candidate import Candidate
from bedplate.advising.candidates import image_names
from bedplate.advising.families_of_images import configured_family, family_of
from bedplate.errors import BedplateError, ImageNotFound
from bedplate.flows.inspect import inspect
from bedplate.linting.base_guess import guess
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.advising.candidates import Wish
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.image_family import ImageFamily

_SCRATCH = "scratch"
_DISTROLESS = "gcr.io/distroless/"
_NONROOT = ":nonroot"
_PINNED_DAYS = 90


class CandidateImages:
    """Finds candidates; each repository is asked for its tags once, no layer is read.

    Args:
        session: means and permissions.
        wish: which versions and releases to look for.
    """

    def __init__(self, session: Session, wish: Wish) -> None:
        self._session = replace(session, pull=False, all_platforms=False)
        self._wish = wish
        self._tags: dict[str, frozenset[str] | None] = {}
        self._known: dict[str, BaseFacts | None] = {}
        self.skipped: list[Skipped] = []

    def find(
        self, families: Sequence[ImageFamily], image: str, more: Iterable[str]
    ) -> list[Candidate]:
        """Give today's image, one of each family, and those that the user added.

        Args:
            families: of the project's kind.
            image: today's, without a digest; empty for none.
            more: names of images that the user wants to be looked at.
        """
        found: list[Candidate] = []
        own = family_of(image, families) if image else None
        if own is not None:
            found.append(self._candidate(image, own, current=True))
        for family in families:
            if own is not None and family.name == own.name:
                continue
            name = self._choose(family)
            if name:
                found.append(self._candidate(name, family))
        names = {one.image for one in found}
        for name in more:
            if name not in names:
                facts = self._facts(name)
                family = configured_family(name, facts, families[0])
                found.append(self._candidate(name, family))
        return found

    def builder(self, family: ImageFamily) -> str:
        """Give the image in which a program is built for a family."""
        names = list(image_names(family.builder, self._wish))
        return next((name for name in names if self._exists(name)), names[0] if names else "")

    def _candidate(self, name: str, family: ImageFamily, *, current: bool = False) -> Candidate:
        facts = self._facts(name)
        builder = self.builder(family)
        built_on = self._facts(builder) if builder else None
        return Candidate(
            name,
            family,
            builder=builder,
            digest=self._digest(facts),
            builder_digest=self._digest(built_on),
            builder_libc_version=_libc_version(builder, built_on),
            current=current,
            facts=facts,
            platforms=facts.platforms if facts else None,
        )

    def _choose(self, family: ImageFamily) -> str:
        """Choose the first name that is published; one that nobody can tell of comes after."""
        names = list(dict.fromkeys(image_names(family.images, self._wish)))
        answers = {name: self._exists(name) for name in names}
        for wanted in (True, None):
            for name, answer in answers.items():
                if answer is wanted and not (wanted is None and family.reached_only):
                    return name
        reason = "its registry is not asked" if self._session.offline else "not published"
        if self._session.offline and not family.reached_only:
            reason = "not in the catalog"
        self.skipped.append(Skipped(f"{family.name} ({names[0]})", reason))
        return ""

    def _exists(self, name: str) -> bool | None:
        """Tell whether an image is published; None when that is not known."""
        if name == _SCRATCH:
            return True
        try:
            reference = Reference.parse(name).with_default_tag()
        except BedplateError:
            return False
        if reference.name not in self._tags:
            self._tags[reference.name] = self._ask(reference)
        tags = self._tags[reference.name]
        if tags is None:
            return None
        # the catalog has distroless images under their first tag; all of them have this one too
        also = "latest" if name.startswith(_DISTROLESS) and name.endswith(_NONROOT) else ""
        return reference.tag in tags or also in tags

    def _ask(self, reference: Reference) -> frozenset[str] | None:
        session = self._session
        if not session.offline:
            try:
                return frozenset(session.access.registry().tags(reference))
            except ImageNotFound:
                return frozenset()
            except BedplateError as error:
                session.notify(f"{reference.name}: {error.message}; the catalog answers")
        known = session.catalog.tags(reference.name)
        if known is not None:
            return frozenset(known.tags)
        return frozenset() if reference.registry == "gcr.io" else None

    def _digest(self, facts: BaseFacts | None) -> str:
        """Give the digest to pin; one that the catalog learned long ago lacks later fixes."""
        if facts is None or not facts.index_digest:
            return ""
        if facts.origin == "catalog":
            age = self._session.today - dt.date.fromisoformat(facts.observed)
            return facts.index_digest if age.days <= _PINNED_DAYS else ""
        return facts.index_digest

    def _facts(self, name: str) -> BaseFacts | None:
        """Look at an image without reading its layers; the catalog adds what is in them."""
        if name not in self._known:
            self._known[name] = self._inspected(name)
        return self._known[name]

    def _inspected(self, name: str) -> BaseFacts | None:
        try:
            row = inspect(name, self._session)[0]
        except BedplateError:
            if not name.endswith(_NONROOT):
                return None
            # the same image, but for the account
            other = self._facts(name.removesuffix(_NONROOT))
            return replace(other, name=name, index_digest=None, user="65532") if other else None
        return row if row.distro is not None else self._with_contents(name, row)

    def _with_contents(self, name: str, row: BaseFacts) -> BaseFacts:
        """Take what is in the layers from an older build of the same image."""
        if name == _SCRATCH:
            return row
        reference = Reference.parse(name)
        older = self._session.catalog.find(reference, self._session.platform)
        if older is None:
            older = self._session.catalog.find(reference)
        if older is None:
            return row
        return replace(
            row,
            distro=older.distro,
            libcs=older.libcs,
            shells=older.shells,
            runtimes=older.runtimes,
            packages=older.packages,
            certificates=older.certificates,
            time_zones=older.time_zones,
        )


def _libc_version(image: str, facts: BaseFacts | None) -> str:
    if facts is not None and facts.libcs and facts.libcs[0].version:
        return facts.libcs[0].version
    named = guess(image).glibc
    return ".".join(map(str, named)) if named else ""
