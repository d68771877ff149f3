"""The sibling tags of an image: the same version, built otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput, Unavailable
from bedplate.images.image_name import REGISTRY, parse_image_name
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.flows.session import Session

LIMIT = 12
_VERSION = re.compile(r"v?\d+(?:\.\d+)*")
_DATE = re.compile(r"\d{8}(?:\.\d+)?")
# Words that say how an image is built. A tag that starts with another word (`bookworm-slim`)
# has that word for its version.
_BUILDS = frozenset({"latest", "slim", "alpine", "fat", "full", "minimal", "nonroot", "debug"})
_OTHER_SYSTEMS = ("windows", "nanoserver")


class SplitTag(NamedTuple):
    """A tag as version and words: `20.11-bookworm-slim` is `20.11` and `bookworm`, `slim`."""

    version: str
    words: tuple[str, ...]


def split_tag(tag: str) -> SplitTag:
    """Split a tag at its dashes; a tag that names no version has an empty one."""
    first, *words = tag.split("-")
    if _VERSION.fullmatch(first):
        return SplitTag(first, tuple(words))
    if first == "latest":
        return SplitTag("", tuple(words))
    if first.rstrip("0123456789.") in _BUILDS:
        return SplitTag("", (first, *words))
    return SplitTag(first, tuple(words))


def sibling_tags(tag: str, candidates: Iterable[str]) -> list[str]:
    """List the tags of the same version with other words, the plainest first.

    Dated builds and images of other operating systems are left out; tags with a word and a
    number that others have without the number (`alpine3.22` beside `alpine`) come last.
    """
    version, own = split_tag(tag)
    found = {
        candidate: words
        for candidate in candidates
        for candidate_version, words in [split_tag(candidate)]
        if candidate_version == version and words != own and not _is_foreign(words)
    }
    plain = {word for words in found.values() for word in words}

    def order(name: str) -> tuple[bool, int, tuple[str, ...]]:
        words = found[name]
        return any(_is_numbered(word, plain) for word in words), len(words), words

    return sorted(found, key=order)


def _is_foreign(words: Iterable[str]) -> bool:
    return any(word.startswith(_OTHER_SYSTEMS) or _DATE.fullmatch(word) for word in words)


def _is_numbered(word: str, plain: set[str]) -> bool:
    bare = word.rstrip("0123456789.")
    return bare != word and bare in plain


def variants(name: str, session: Session) -> tuple[str, ...]:
    """List images to hold against one: sibling tags, then distroless and empty equals.

    Args:
        name: an image of a registry; its tags are asked of the registry, or of the catalog
            when offline or out of reach.
        session: means and permissions.

    Returns:
        at most `LIMIT` names, without `name` itself.

    Raises:
        BadInput: an image of a local source, which has no siblings.
    """
    parsed = parse_image_name(name)
    if parsed.scheme != REGISTRY:
        raise BadInput(f"{name} has no variants", "name an image of a registry, as node:20")
    reference = Reference.parse(parsed.location).with_default_tag()
    repository = reference.familiar_name
    tags = sibling_tags(reference.tag or "latest", _tags(reference, session))
    equals = list(dict.fromkeys(_equals(reference, session)))
    room = LIMIT - min(len(equals), LIMIT // 3)
    return (*(f"{repository}:{tag}" for tag in tags[:room]), *equals)[:LIMIT]


def _tags(reference: Reference, session: Session) -> tuple[str, ...]:
    if not session.offline:
        try:
            return tuple(session.access.registry().tags(reference))
        except Unavailable as error:
            session.notify(f"{error}; tags are those of the catalog")
    known = session.catalog.tags(reference.name)
    return known.tags if known else ()


def _equals(reference: Reference, session: Session) -> Iterator[str]:
    """List the catalog's stand-ins of other repositories, by the names people write."""
    for summary in session.catalog.siblings(reference):
        if summary.repository != reference.name:
            yield summary.reference
