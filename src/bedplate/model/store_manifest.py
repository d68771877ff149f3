"""What an advisory store is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreSource:
    """One document that went into a store.

    Args:
        url: address, or the file's name for a local copy.
        as_of: ISO date or time up to which it is true, by its own word; else when fetched.
        fetched: ISO time at which it was read.
        records: how many records were read.
        skipped: how many could not be read.
        sha256: hex digest of its bytes.
        etag, last_modified: for the next conditional request; may be empty.
        left_out: how many right records are not in the store, by the reason: `withdrawn`, ...
    """

    url: str
    as_of: str
    fetched: str
    records: int
    skipped: int = 0
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StoreManifest:
    """The manifest of one store.

    Args:
        name: `debian-12`, `alpine-3.22`, `npm`, `kev`, ...
        feed: the feed that it is of.
        title: for people: `Debian security tracker, Debian 12`.
        schema: version of the store's schema.
        licence: SPDX expression, or the terms in a few words.
        redistributable: whether copies may be handed on (`db export`, `db push`, snapshot).
        namespaces: the namespaces of `AffectedPackage` that it answers for.
        built: ISO time at which the store was written.
        advisories, packages: how many it holds.
        sources: what it is made of.
        embedded: whether it came with the program.
        covers: which packages it is about, for people; empty for all of its namespaces. Of
            any other package it knows nothing, whatever is true of it.
    """

    name: str
    feed: str
    title: str
    schema: int
    licence: str
    redistributable: bool
    namespaces: tuple[str, ...]
    built: str
    advisories: int
    packages: int
    sources: tuple[StoreSource, ...] = ()
    embedded: bool = False
    covers: str = ""

    @property
    def as_of(self) -> str:
        """The oldest of its sources' dates: what is newer may be missing."""
        return min((source.as_of for source in self.sources if source.as_of), default=self.built)
