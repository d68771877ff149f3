"""JSON documents, and files with one of them a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_NAMES = (".jsonl", ".ndjson", ".jsonlines")


def is_json(head: bytes) -> bool:
    """Tell whether a document may be JSON: prose about a format names its fields too."""
    return head.lstrip()[:1] in (b"{", b"[")


def each_line(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give every document of a file with its place: the file itself, or each of its lines.

    Args:
        name: of the file; its ending tells which it is.
        content: of the file.
    """
    if not name.lower().endswith(_LINE_NAMES):
        yield name, content
        return
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield f"{name}:{number}", line
