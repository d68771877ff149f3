"""Stores from local copies of feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.advisories.advisory_formats import ADVISORY_FORMATS
from bedplate.advisories.documents import digest_of, each_document
from bedplate.advisories.origins import origin_of
from bedplate.advisories.routing import Router, Tally
from bedplate.advisories.store import open_store
from bedplate.advisories.store_schema import SCHEMA
from bedplate.advisories.store_writer import write_draft
from bedplate.advisories.stores import SUFFIX
from bedplate.errors import CorruptStore, ImageNotFound, InvalidDocument
from bedplate.model.skipped import Skipped
from bedplate.model.store_manifest import StoreManifest, StoreSource

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from pathlib import Path

    from bedplate.advisories.advisory_format import AdvisoryFormat
    from bedplate.advisories.draft import Draft

_HEAD = 64 * 1024
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHRINKING = 0.8
"""A store that holds less than this part of what the last one held comes of a broken feed."""
_SMALL = 50  # stores below this number of packages may shrink as they like


class UnknownFormat(InvalidDocument):
    """A source in no format that bedplate knows."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built.

    Args:
        manifests: of every store that was written, sorted by name.
        skipped: what could not be read, some of it; all of it is counted in the manifests.
    """

    manifests: tuple[StoreManifest, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build.

    Args:
        built: ISO time of the build.
        as_of: ISO date of sources that do not tell theirs; empty for `built`.
        wanted: whether a store is to be made, by its name.
        keep: whether a package is to be kept, by namespace and name; None for all.
        covers: which packages are kept, for people; empty for all.
        covered: kind (`deb`, `npm`, ...) and name of every one of them, so that a store can
            tell what it knows nothing against from what it knows nothing of.
        redistributable: whether the sources may be handed on, as far as their feeds say.
        cves: those of which ratings, EPSS and KEV are kept; None for all.
        force: replace a store by one that is much smaller.
    """

    built: str
    as_of: str = ""
    wanted: Callable[[str], bool] = lambda _store: True
    keep: Callable[[str, str], bool] | None = None
    covers: str = ""
    covered: frozenset[tuple[str, str]] = frozenset()
    redistributable: bool = True
    cves: Container[str] | None = None
    force: bool = False


def build_stores(sources: Sequence[Path], folder: Path, options: BuildOptions) -> Built:
    """Build every store that local copies of feeds have something for.

    The same copies and options give the same stores, byte for byte.

    Args:
        sources: files or folders in any of the formats, packed or not; a folder named alone
            stands for all that is in it, each file or folder there being a source.
        folder: where stores go.
        options: how to build.

    Raises:
        ImageNotFound: a source is not there, or there is none.
        InvalidDocument: cut off or damaged, or none is in a format that bedplate knows; or a
            store would lose much of what it holds, and then none is written.
        LimitExceeded: more than bedplate will read.
        StorageError: the folder can't be written; stores written before stay.
    """
    router = Router(options.wanted, options.keep, options.cves)
    tallies: list[Tally] = []
    strangers: list[UnknownFormat] = []
    for path in _listed(sources):
        try:
            tallies.append(read_source(path, router))
        except UnknownFormat as error:  # a README may lie among them
            strangers.append(error)
    if not tallies:
        raise strangers[0]
    built = write_built(router, tallies, folder, options)
    told = tuple(Skipped(error.message, "passed over") for error in strangers)
    return replace(built, skipped=built.skipped + told)


def write_built(
    router: Router, tallies: Sequence[Tally], folder: Path, options: BuildOptions
) -> Built:
    """Write the stores that were gathered: see `build_stores`.

    Args:
        router: what was gathered.
        tallies: of every source.
        folder: where stores go.
        options: how to build.
    """
    if not options.force:
        for name, draft in router.drafts.items():
            _refuse_loss(folder / f"{name}{SUFFIX}", draft)
    built = [
        _write(folder, name, draft, _sources(name, tallies, options), options)
        for name, draft in sorted(router.drafts.items())
    ]
    return Built(tuple(built), tuple(item for tally in tallies for item in tally.skipped))


def read_source(path: Path, router: Router) -> Tally:
    """Read one source into the drafts of its stores.

    Raises:
        UnknownFormat: nothing in it is in a format that bedplate knows.
        InvalidDocument: cut off or damaged.
        LimitExceeded: more than bedplate will read.
    """
    tally = Tally(path.name, digest_of(path))
    known = False
    for name, content in each_document(path):
        format_ = format_of(name, content[:_HEAD])
        if format_ is None:
            tally.left_out["files of other kinds"] += 1
            continue
        known = True
        for item in format_.records(name, content, router.wants):
            router.take(item, tally)
    if not known:
        raise UnknownFormat(f"{path} is in no format that bedplate knows")
    return tally


def format_of(name: str, head: bytes) -> AdvisoryFormat | None:
    """Recognise the format of a document by its name and first bytes."""
    return next((one for one in ADVISORY_FORMATS if one.claims(name, head)), None)


def _listed(sources: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in sources:
        if not path.exists():
            raise ImageNotFound(f"{path}: no such file or folder")
        inside = path.iterdir() if path.is_dir() else [path]
        found += [child for child in sorted(inside) if not child.name.startswith(".")]
    if not found:
        raise ImageNotFound("there is nothing to build from", "name files or folders of feeds")
    return found


def _sources(
    store: str, tallies: Iterable[Tally], options: BuildOptions
) -> tuple[tuple[StoreSource, ...], set[str]]:
    """List the sources that a store is made of, and the feeds that they hold."""
    feeds: set[str] = set()
    sources: list[StoreSource] = []
    for tally in tallies:
        if not tally.records[store]:
            continue
        feeds |= tally.feeds[store]
        sources.append(
            StoreSource(
                url=tally.name,
                as_of=_day(tally.as_of, options),
                fetched=options.built,
                records=tally.records[store],
                skipped=tally.skips,
                sha256=tally.sha256,
                etag=tally.etag,
                last_modified=tally.last_modified,
                left_out=tuple(sorted(tally.left_out.items())),
            )
        )
    return tuple(sources), feeds


def _day(said: str, options: BuildOptions) -> str:
    """Give the day of a source; one that is still to come is a record's error."""
    today = options.built[:10]
    found = _ISO_DAY.match(said)
    return min(found[0], today) if found else (options.as_of or today)


def _write(
    folder: Path,
    name: str,
    draft: Draft,
    made_of: tuple[tuple[StoreSource, ...], set[str]],
    options: BuildOptions,
) -> StoreManifest:
    sources, feeds = made_of
    draft.cover(options.covered)
    origins = [origin_of(feed) for feed in sorted(feeds or {name})]
    head = StoreManifest(
        name=name,
        feed="+".join(sorted(feeds or {name})),
        title=", ".join(dict.fromkeys(origin.title for origin in origins if origin.title)),
        schema=SCHEMA,
        licence=" AND ".join(sorted({origin.licence for origin in origins})),
        redistributable=options.redistributable
        and all(origin.redistributable for origin in origins),
        namespaces=draft.namespaces,
        built=options.built,
        advisories=0,
        packages=0,
        sources=sources,
        covers=options.covers,
    )
    return write_draft(folder / f"{name}{SUFFIX}", head, draft)


def _refuse_loss(path: Path, draft: Draft) -> None:
    """Keep the old store when the new one has lost much of it.

    Raises:
        InvalidDocument: it has.
    """
    if not path.is_file():
        return
    try:
        old = open_store(path)
    except CorruptStore:
        return
    had, has = old.manifest.advisories, draft.advisories
    old.close()
    if had >= _SMALL and has < had * _SHRINKING:
        raise InvalidDocument(
            f"{path.name} would shrink from {had} to {has} advisories: the source is not whole",
            "keep the old store, or force it with --force",
        )
