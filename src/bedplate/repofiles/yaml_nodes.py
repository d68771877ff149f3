"""YAML text -> nodes, built from the parser's events.

Nothing is constructed and no alias is expanded: an alias is the very node of its anchor, so
memory stays in proportion to the file, and tags have no effect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.repofiles.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import yaml

MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_DOCUMENTS = 2000
_BYTE_ORDER_MARK = "\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")
_DOCUMENT = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)


def yaml_nodes(path: str, text: str, offset: int = 0, line: int = 1) -> list[Node]:
    """Read the root of every document.

    Args:
        path: named in errors.
        text: YAML, any number of documents; a byte order mark is allowed.
        offset: where `text` begins in the file.
        line: the line of the file on which it begins.

    Raises:
        InvalidDocument: not YAML, or nested too deeply; names the line.
        LimitExceeded: more nodes than are read.
    """
    import yaml  # noqa: PLC0415 - lazy: only when a YAML file is read

    if text.startswith(_BYTE_ORDER_MARK):
        text, offset = text[1:], offset + 1
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Undecodable bytes are lone surrogates, which the parser can't take.
    clean = _SURROGATE.sub("\ufffd", text)
    try:
        return _Builder(path, clean, offset).build(yaml.parse(clean, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + line}" if mark else ""
        raise InvalidDocument(f"{path}: not YAML{place}") from error


def yaml_documents(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Cut a text at its document marks, for files of which some documents are broken.

    Yields:
        The offset and the text of each document.

    Raises:
        LimitExceeded: more documents than are read one by one.
    """
    starts = [match.start() for match in _DOCUMENT.finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts = [0, *starts]
    if len(starts) > MAX_DOCUMENTS:
        raise LimitExceeded(f"{path}: more than {MAX_DOCUMENTS:,} YAML documents, some broken")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield start, text[start:end]


class _Builder:
    """Puts nodes where they belong: into the innermost open collection."""

    def __init__(self, path: str, text: str, offset: int) -> None:
        self._path = path
        self._text = text
        self._offset = offset
        self._roots: list[Node] = []
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Node | None] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def build(self, events: Iterable[yaml.Event]) -> list[Node]:
        import yaml  # noqa: PLC0415 - lazy: see above

        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._add(event, self._scalar(event))
            elif isinstance(event, yaml.MappingStartEvent):
                self._enter(event, Mapping())
            elif isinstance(event, yaml.SequenceStartEvent):
                self._enter(event, Sequence())
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._keys.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._put(self._anchors.get(event.anchor or "") or Sequence())
            elif isinstance(event, yaml.DocumentStartEvent):
                self._anchors.clear()
        return self._roots

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        begin, behind = event.start_mark, event.end_mark
        start = begin.index if begin else 0
        source = self._text[start : behind.index if behind else start]
        return Scalar(event.value, source, start + self._offset, event.style or "")

    def _enter(self, event: yaml.NodeEvent, collection: Mapping | Sequence) -> None:
        if len(self._open) == MAX_DEPTH:
            raise InvalidDocument(f"{self._path}: YAML nested too deeply")
        self._add(event, collection)
        self._open.append(collection)
        self._keys.append(None)

    def _add(self, event: yaml.NodeEvent, node: Node) -> None:
        if event.anchor:
            self._anchors[event.anchor] = node
        self._put(node)

    def _put(self, node: Node) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            raise LimitExceeded(f"{self._path}: more than {MAX_NODES:,} YAML nodes")
        if not self._open:
            self._roots.append(node)
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self._keys[-1] = None
