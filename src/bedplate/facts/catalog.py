"""The catalog of facts: the embedded images and the user's own, asked as one.

The user's entries win over embedded ones, platform by platform.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.facts.entry import SCRATCH, Entry
from bedplate.facts.siblings import siblings_of
from bedplate.facts.snapshot import Snapshot, read_file
from bedplate.facts.summary import Summary, summarise
from bedplate.facts.tag_list import TagList
from bedplate.facts.user_entries import UserEntries, decode_lines, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference

_SCRATCH_REPOSITORY = ("docker.io", "library/scratch")


class Catalog:
    """Answers questions about images without a registry.

    Args:
        snapshot: the embedded part.
        user: the user's part.
        folder: where the user's part lives; None for none.
    """

    def __init__(self, snapshot: Snapshot, user: UserEntries, folder: Path | None = None) -> None:
        self._snapshot = snapshot
        self._user = user
        self.folder = folder

    @classmethod
    def open(cls, user_folder: Path | None) -> Catalog:
        """Open the embedded catalog and the user's; no file is read before it is needed.

        Args:
            user_folder: where the user's part lives; None for none.
        """
        return cls(Snapshot(), UserEntries(user_folder), user_folder)

    def references(self) -> tuple[Summary, ...]:
        """List every image once, sorted by reference.

        Raises:
            InvalidDocument: the user's file can't be used (so do all questions below).
        """
        listed = {summary.reference: summary for summary in self._snapshot.summaries}
        for entry in self._user.entries.values():
            listed[entry.reference] = summarise(entry)
        return tuple(listed[reference] for reference in sorted(listed))

    def is_added(self, reference: str) -> bool:
        """Tell whether an image comes from the user's part."""
        return reference in self._user.entries

    def find(self, reference: Reference, platform: Platform | None = None) -> BaseFacts | None:
        """Give the facts of an image, None when the catalog has none for that platform.

        Args:
            reference: with a tag (`latest` if left out) or a digest; the digest wins.
            platform: None for linux/amd64, or the first when that is not there.

        Returns:
            a row whose `name` is the reference asked for, and whose `reference` is the one
            under which the catalog holds it.
        """
        if reference.digest is not None:
            facts = self.by_digest(str(reference.digest), platform)
            return replace(facts, name=str(reference)) if facts else None
        for entry in self._entries_of(reference):
            if facts := entry.row(platform):
                return replace(facts, name=_shown(reference))
        return None

    def rows(self, reference: Reference) -> tuple[BaseFacts, ...]:
        """Give the facts of an image for every platform that the catalog has."""
        if reference.digest is not None:
            facts = self.by_digest(str(reference.digest), None)
            return (replace(facts, name=str(reference)),) if facts else ()
        found: dict[str, BaseFacts] = {}
        for entry in self._entries_of(reference):
            for row in entry.rows:
                found.setdefault(row.platform or "", replace(row, name=_shown(reference)))
        return tuple(found[platform] for platform in sorted(found))

    def by_digest(self, digest: str, platform: Platform | None = None) -> BaseFacts | None:
        """Give the facts of the image with this index, manifest or config digest.

        Args:
            digest: `sha256:...`.
            platform: which row of an index; a manifest or config is for one platform.
        """
        for summary in self._all_summaries():
            for row in summary.rows:
                if digest in (row.manifest_digest, row.config_digest):
                    return _row_for(self._entry(summary), row.platform)
            if any(row.index_digest == digest for row in summary.rows):
                return self._entry(summary).row(platform)
        return None

    def tags(self, repository: str) -> TagList | None:
        """Give the tags of a repository, None when nothing is known of it.

        The embedded list is of one date; tags of images that the catalog holds and that are
        not on it any more, or were added by the user, come after it.

        Args:
            repository: canonical name: `docker.io/library/node`.
        """
        listed = self._snapshot.tag_list(repository)
        held = [s for s in self.references() if s.repository == repository]
        if listed is None and not held:
            return None
        if listed is None:
            newest = max(summary.observed for summary in held)
            listed = TagList(repository, newest, "images of the catalog", ())
        return listed.with_images(held)

    def siblings(self, reference: Reference) -> tuple[Summary, ...]:
        """List the images that could stand in for one: see `siblings_of`."""
        return siblings_of(self._summary(reference), _name(reference), self.references())

    def add(self, facts: BaseFacts) -> None:
        """Keep the facts of one platform of an image in the user's part.

        What depends on the day or on the rest of the catalog is left out, and so are the
        names of packages' files.

        Raises:
            BadInput: the facts have no reference or no date.
            StorageError: the user's part can't be written; nothing was changed.
        """
        from bedplate.model.reference import Reference  # noqa: PLC0415 - lazy: compiles a grammar

        if facts.reference is None or not facts.observed:
            raise BadInput(
                f"{facts.name} can't be added: it has no name in a registry or no date",
                "add an image of a registry",
            )
        name = _name(Reference.parse(facts.reference))
        packages = tuple(replace(package, files=()) for package in facts.packages or ())
        kept = replace(
            facts,
            name=name,
            reference=name,
            origin="catalog",
            packages=None if facts.packages is None else packages,
            end_of_life=None,
            bases=(),
        )
        entry = self._user.entries.get(name, Entry(name))
        self._user.put([entry.with_row(kept)])

    def export(self, path: Path, *, everything: bool = False) -> int:
        """Write entries to a file, one a line, and give their number.

        Args:
            path: the file; replaced at once when all is written.
            everything: the embedded entries too, not only the user's own.

        Raises:
            StorageError: it can't be written.
        """
        entries = dict(self._user.entries)
        if everything:
            for summary in self._snapshot.summaries:
                entries.setdefault(summary.reference, self._snapshot.entry(summary))
        write_lines(path, (entries[reference] for reference in sorted(entries)))
        return len(entries)

    def import_(self, path: Path) -> int:
        """Keep every entry of an exported file, and give their number; all of them or none.

        Raises:
            InvalidDocument: names the file, the line and the field.
            StorageError: the user's part can't be written; nothing was changed.
        """
        entries = decode_lines(read_file(path), str(path))
        self._user.put(entries)
        return len(entries)

    def _all_summaries(self) -> Iterator[Summary]:
        for entry in self._user.entries.values():
            yield summarise(entry)
        yield from self._snapshot.summaries

    def _entry(self, summary: Summary) -> Entry:
        if not summary.file:
            return self._user.entries[summary.reference]
        return self._snapshot.entry(summary)

    def _entries_of(self, reference: Reference) -> Iterator[Entry]:
        name = _name(reference)
        own = self._user.entries.get(name)
        if own is None:
            own = next((e for e in self._user.entries.values() if name in e.aliases), None)
        if own is not None:
            yield own
        embedded = self._snapshot.names.get(name)
        if embedded is not None:
            yield self._snapshot.entry(embedded)

    def _summary(self, reference: Reference) -> Summary | None:
        own = self._user.entries.get(_name(reference))
        return summarise(own) if own else self._snapshot.names.get(_name(reference))


def _row_for(entry: Entry, platform: str | None) -> BaseFacts | None:
    return next((row for row in entry.rows if row.platform == platform), None)


def _name(reference: Reference) -> str:
    """Give the key of a reference; the empty base is reserved, whatever its tag."""
    if (reference.registry, reference.repository) == _SCRATCH_REPOSITORY:
        return SCRATCH
    return str(reference.with_default_tag())


def _shown(reference: Reference) -> str:
    return SCRATCH if _name(reference) == SCRATCH else str(reference)
