"""Brings stores up to date from their feeds."""

from __future__ import annotations

import contextlib
import fcntl
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.advisories.build import BuildOptions, read_source, write_built
from bedplate.advisories.feeds import FEEDS
from bedplate.advisories.fetching import Fetcher
from bedplate.advisories.routing import Router
from bedplate.advisories.store import open_store
from bedplate.advisories.stores import SUFFIX
from bedplate.errors import BedplateError, CorruptStore, ImageNotFound, StorageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bedplate.advisories.feed_document import FeedDocument
    from bedplate.advisories.fetching import Fetched
    from bedplate.model.store_manifest import StoreManifest
    from bedplate.support.http import HttpClient

_LOCK = ".update.lock"


class State(StrEnum):
    """What became of a store."""

    UPDATED = "updated"
    CURRENT = "current"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one store.

    Args:
        store: its name.
        state: what became of it; one that failed is as it was.
        manifest: of the store that is there now; None when there is none.
        error: why it failed; None when it did not.
    """

    store: str
    state: State
    manifest: StoreManifest | None = None
    error: BedplateError | None = None


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """How to update.

    Args:
        now: for the dates in manifests.
        mirrors: beginnings of addresses -> what to put there.
        force: fetch what has not changed too, and take stores that are much smaller.
        notify: told which store is next.
    """

    now: dt.datetime
    mirrors: Mapping[str, str]
    force: bool = False
    notify: Callable[[str], None] = lambda _line: None


def documents_of(store: str, today: dt.date) -> tuple[FeedDocument, ...]:
    """List the documents of all feeds that a store is made of."""
    return tuple(document for feed in FEEDS for document in feed.documents(store, today))


def update_stores(
    names: Sequence[str], folder: Path, http: HttpClient, options: UpdateOptions
) -> tuple[Outcome, ...]:
    """Fetch what has changed, build beside, check, and swap, store by store.

    A feed that fails takes down only its own stores. Of two updates of a folder at once the
    second waits, and then finds nothing changed.

    Args:
        names: of stores.
        folder: where stores are.
        http: the transport.
        options: how to update.

    Raises:
        StorageError: the folder can't be written.
    """
    with _alone(folder), tempfile.TemporaryDirectory(prefix="bedplate-feeds-") as home:
        fetcher = Fetcher(http, Path(home), options.mirrors)
        return tuple(_update(name, folder, fetcher, options) for name in names)


def _update(name: str, folder: Path, fetcher: Fetcher, options: UpdateOptions) -> Outcome:
    options.notify(name)
    old = _old(folder / f"{name}{SUFFIX}")
    try:
        manifest = _fresh(name, folder, fetcher, options, old)
    except BedplateError as error:
        return Outcome(name, State.FAILED, old, error)
    if manifest is None:
        return Outcome(name, State.CURRENT, old)
    return Outcome(name, State.UPDATED, manifest)


def _fresh(
    name: str,
    folder: Path,
    fetcher: Fetcher,
    options: UpdateOptions,
    old: StoreManifest | None,
) -> StoreManifest | None:
    """Build a store anew; None when none of its documents has changed."""
    documents = documents_of(name, options.now.date())
    if not documents:
        raise ImageNotFound(
            f"there is no feed for {name}", "stores are named as debian-12, alpine-3.22, npm, epss"
        )
    known = {source.url: source for source in old.sources} if old and not options.force else {}
    fetched = [fetcher.fetch(document, known.get(document.url)) for document in documents]
    there = [one for one in fetched if one is not None]
    if not any(one.path for one in there):
        return None
    # what has not changed is needed all the same: stores are made of whole documents
    whole = [
        (one if one.path else fetcher.fetch(document, None))
        for document, one in zip(documents, fetched, strict=True)
        if one is not None
    ]
    return _build(name, folder, [one for one in whole if one is not None], options)


def _build(
    name: str, folder: Path, documents: Sequence[Fetched], options: UpdateOptions
) -> StoreManifest:
    router = Router(wanted=name.__eq__)
    tallies = []
    for document in documents:
        if document.path is not None:
            tally = read_source(document.path, router)
            tally.name = document.url
            tally.etag, tally.last_modified = document.etag, document.last_modified
            tallies.append(tally)
    stamp = options.now.isoformat(timespec="seconds")
    today = options.now.date()
    feeds = [feed for feed in FEEDS if feed.documents(name, today)]
    build = BuildOptions(
        built=stamp,
        redistributable=all(feed.REDISTRIBUTABLE for feed in feeds),
        force=options.force,
    )
    built = write_built(router, tallies, folder, build)
    if not built.manifests:
        raise CorruptStore(f"the feeds of {name} have nothing for it", "check the name")
    return built.manifests[0]


def _old(path: Path) -> StoreManifest | None:
    """Give the manifest of the store that is there; a damaged one is fetched anew."""
    if not path.is_file():
        return None
    try:
        store = open_store(path)
    except CorruptStore:
        return None
    try:
        return store.manifest
    finally:
        store.close()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from updating the same folder; where files can't be locked, nobody waits.

    Raises:
        StorageError: the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / _LOCK).open("w")
    except OSError as error:
        raise StorageError(
            f"cannot write {folder}: {error.strerror or error}", "free some space, or set HOME"
        ) from error
    with file:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
