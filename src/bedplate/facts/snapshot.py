"""The embedded catalog: an index, a table of tags, and one small file for each image.

    data/index.json          what every image is called, its digests, layers and sizes
    data/tags.json           the tags of the most used repositories
    data/images/*.json       one entry each

A look-up reads the index and one image. `bedplate catalog build` makes the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.facts.codec import MAX_DOCUMENT, check_schema, read
from bedplate.facts.entry import Entry, decode_entry
from bedplate.facts.summary import Summary  # noqa: TC001 - msgspec resolves it
from bedplate.facts.tag_list import SCHEMA as TAGS_SCHEMA
from bedplate.facts.tag_list import TagList, TagTable

if TYPE_CHECKING:
    from collections.abc import Mapping

INDEX_SCHEMA = "bedplate/catalog-index/1"
INDEX = "index.json"
TAGS = "tags.json"
IMAGES = "images"
DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Index:
    """The document `index.json`."""

    schema: str
    entries: tuple[Summary, ...]


class Snapshot:
    """Reads a folder that `build` made; nothing before it is asked for.

    Args:
        folder: the embedded one unless told otherwise.
    """

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """Every image, sorted by reference.

        Raises:
            InvalidDocument: the index is damaged or missing.
        """
        path = self._folder / INDEX
        index = read(read_file(path), Index, str(path))
        check_schema(index.schema, INDEX_SCHEMA, str(path))
        return index.entries

    @cached_property
    def names(self) -> Mapping[str, Summary]:
        """Every reference and alias.

        An image's own reference wins over aliases; of two images with the same alias the one
        that was observed later has it.
        """
        names: dict[str, Summary] = {}
        for summary in sorted(self.summaries, key=lambda s: (s.observed, s.reference)):
            names.update(dict.fromkeys(summary.aliases, summary))
        names.update({summary.reference: summary for summary in self.summaries})
        return names

    def entry(self, summary: Summary) -> Entry:
        """Read one image.

        Raises:
            InvalidDocument: its file is damaged or missing.
        """
        path = self._folder / IMAGES / Path(summary.file).name
        return decode_entry(read_file(path), str(path))

    def tag_list(self, repository: str) -> TagList | None:
        """Give the tags of a repository, None when it is not among the embedded ones."""
        return self._tags.tag_list(repository)

    @cached_property
    def _tags(self) -> TagTable:
        path = self._folder / TAGS
        table = read(read_file(path), TagTable, str(path))
        check_schema(table.schema, TAGS_SCHEMA, str(path))
        return table


def read_file(path: Path) -> bytes:
    """Read a document of the catalog.

    Raises:
        InvalidDocument: it can't be read, or is larger than any document of ours.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_DOCUMENT + 1)
    except OSError as error:
        raise InvalidDocument(
            f"cannot read {path}: {error.strerror or error}", "check the path and its permissions"
        ) from error
    if len(content) > MAX_DOCUMENT:
        raise InvalidDocument(f"{path} is larger than {MAX_DOCUMENT // 1024**2} MiB")
    return content
