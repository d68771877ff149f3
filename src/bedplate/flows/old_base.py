"""Which base an image stands on, shown by its layers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput, BedplateError, NotRebasable, Unavailable
from bedplate.facts.complete import complete
from bedplate.facts.entry import SCRATCH
from bedplate.flows.examine import from_documents
from bedplate.flows.provenance import attested_bases
from bedplate.images.image import OpenedImage
from bedplate.images.image_name import REGISTRY, parse_image_name
from bedplate.images.opening import open_image
from bedplate.model.base_facts import BaseMatch
from bedplate.model.reference import Reference
from bedplate.rebasing.lowest_layers import check_lowest_layers

if TYPE_CHECKING:
    from contextlib import ExitStack

    from bedplate.flows.session import Session
    from bedplate.images.image import Image
    from bedplate.model.platform import Platform

_MOST = 8  # candidates that are asked for
_FROM_HISTORY = "history"  # how evidence begins that names a root file system, not a base


class OldBase(NamedTuple):
    """A base that was found, and is shown by the layers."""

    image: Image
    match: BaseMatch
    layers: int


class Bases:
    """Opens bases, each once, until the stack closes them.

    Args:
        session: means and permissions.
        stack: closes what was opened.
    """

    def __init__(self, session: Session, stack: ExitStack) -> None:
        self._session = session
        self._stack = stack
        self._opened: dict[str, OpenedImage] = {}

    def open(self, name: str) -> OpenedImage:
        """Open an image whose layers can be moved.

        Raises:
            NotRebasable: a root file system.
        """
        if name not in self._opened:
            opened = self._stack.enter_context(open_image(name, self._session.access))
            if not isinstance(opened, OpenedImage):
                raise NotRebasable(f"{name}: a root file system has no layers to move")
            self._opened[name] = opened
        return self._opened[name]

    def named(self, image: Image, name: str) -> OldBase:
        """Take the base that the user names.

        Raises:
            NotRebasable: the image does not stand on it.
        """
        base = self.open(name).select(_platform(image))
        count = check_lowest_layers(image, base)
        evidence = f"named by you; the lowest {count} layers by diff id"
        match = BaseMatch(canonical_name(name), _digest_of(base), "certain", evidence, count)
        return OldBase(base, match, count)

    def found(self, opened: OpenedImage, image: Image) -> OldBase:
        """Find the base by layers, annotations and provenance; of several the nearest.

        Raises:
            NotRebasable: none is known, or what is known is not borne out by the layers.
            Unavailable: a base that could not be looked at.
        """
        found: list[OldBase] = []
        problems: list[BedplateError] = []
        for match in self._candidates(opened, image):
            try:
                base = self.open(_pinned(match)).select(_platform(image))
                count = check_lowest_layers(image, base)
            except BedplateError as error:
                problems.append(error)
                continue
            found.append(OldBase(base, _shown_by_layers(match, base, count), count))
        if found:
            return max(found, key=lambda one: one.layers)
        unavailable = [error for error in problems if isinstance(error, Unavailable)]
        if unavailable:
            raise unavailable[0]
        tried = "; ".join(error.message for error in problems)
        reason = tried or "neither layers nor annotations nor provenance tell"
        raise NotRebasable(
            f"{image.name}: the base that it stands on is not known: {reason}",
            "name it with --from",
        )

    def _candidates(self, opened: OpenedImage, image: Image) -> list[BaseMatch]:
        session = self._session
        facts = from_documents(image)
        annotations = dict(facts.labels or ())
        annotations.update(image.manifest.annotations if image.manifest else {})
        stated = attested_bases(opened, image)
        bases = complete(facts, session.catalog, session.today, annotations, stated).bases
        usable = [
            match
            for match in bases
            if match.reference != SCRATCH and not match.evidence.startswith(_FROM_HISTORY)
        ]
        chain = [match for match in usable if match.layers is not None]
        words = [match for match in usable if match.layers is None]
        return [*words[: _MOST - 1], *chain[:1]]


def canonical_name(name: str) -> str:
    """Give the full reference of an image in a registry; empty for any other place."""
    parsed = parse_image_name(name)
    if parsed.scheme != REGISTRY:
        return ""
    return str(Reference.parse(parsed.location).with_default_tag())


def _shown_by_layers(match: BaseMatch, base: Image, count: int) -> BaseMatch:
    """Say that the layers bear out what was stated."""
    shown = f"{match.evidence}; its layers are the lowest {count} by diff id"
    sure = "certain" if match.confidence == "stated" else match.confidence
    digest = match.digest or _digest_of(base)
    return replace(match, digest=digest, confidence=sure, evidence=shown, layers=count)


def _pinned(match: BaseMatch) -> str:
    """Name a base by its digest where that is known: a tag may have moved."""
    name = match.reference.partition("@")[0]
    return f"{name}@{match.digest}" if match.digest else match.reference


def _digest_of(base: Image) -> str:
    return str(base.index_digest or base.manifest_digest or "")


def _platform(image: Image) -> Platform:
    if image.config is None:
        raise BadInput(f"{image.name}: an image without a configuration")
    return image.config.platform
