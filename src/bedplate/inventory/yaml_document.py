"""YAML documents as lock files write them: no aliases, no types, bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    import yaml

_MAX_DEPTH = 64


def yaml_documents(path: str, content: bytes) -> list[Any]:
    """Read every document of a YAML file.

    All scalars stay text, so that version `1.10` does not become the number 1.1. Built from
    the parser's events: nothing is expanded, so memory stays in proportion to the file.

    Args:
        path: named in errors.
        content: the whole file.

    Raises:
        InvalidDocument: not YAML, nested too deeply, or with aliases or complex keys.
        LimitExceeded: too large.
    """
    import yaml  # noqa: PLC0415 - lazy: only lock files of two tools are YAML

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(path, yaml.parse(decode(path, content), Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise InvalidDocument(f"{path}: not YAML{place}") from error


def _build(path: str, events: Iterable[yaml.Event]) -> list[Any]:
    import yaml  # noqa: PLC0415 - lazy: see above

    builder = _Builder(path)
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            builder.add(event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            builder.open({})
        elif isinstance(event, yaml.SequenceStartEvent):
            builder.open([])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            builder.close()
        elif isinstance(event, yaml.AliasEvent):
            raise InvalidDocument(f"{path}: YAML with aliases", "no package manager writes them")
    return builder.documents


class _Builder:
    """Puts values where they belong: into the innermost open collection."""

    def __init__(self, path: str) -> None:
        self.documents: list[Any] = []
        self._path = path
        self._open: list[Any] = []
        self._keys: list[str | None] = []

    def open(self, collection: dict[str, Any] | list[Any]) -> None:
        if len(self._open) == _MAX_DEPTH:
            raise InvalidDocument(f"{self._path}: YAML nested too deeply")
        self.add(collection)
        self._open.append(collection)
        self._keys.append(None)

    def close(self) -> None:
        self._open.pop()
        self._keys.pop()

    def add(self, value: Any) -> None:
        if not self._open:
            self.documents.append(value)
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif (key := self._keys[-1]) is not None:
            parent[key] = value
            self._keys[-1] = None
        elif isinstance(value, str):
            self._keys[-1] = value
        else:
            raise InvalidDocument(f"{self._path}: YAML with a key that is not text")
