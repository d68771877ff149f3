"""XML documents as build tools write them: no entities of their own, no namespaces, bounded."""

from __future__ import annotations

import re

# Entities are refused below, and no file or address is ever read for a document.
from xml.etree import ElementTree as ET

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_text import decode

_DEPTH = 100
_ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^>]*\[)")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def xml_document(path: str, content: bytes) -> ET.Element:
    """Read a document; the tags of its elements have no namespace.

    Args:
        path: named in errors.
        content: the whole file.

    Raises:
        InvalidDocument: not XML, nested too deeply, or with entities of its own.
        LimitExceeded: too large.
    """
    source = decode(path, content, lenient=True)
    if _ENTITIES.search(source):
        raise InvalidDocument(f"{path}: XML with entities of its own")
    builder = _Builder(path)
    parser = ET.XMLParser(target=builder)  # noqa: S314 - see above
    try:
        # what it says of its encoding is no longer true
        parser.feed(_DECLARATION.sub("", source, count=1))
        root = parser.close()
    except (ET.ParseError, UnicodeEncodeError, AssertionError) as error:
        raise InvalidDocument(f"{path}: not XML: {error}") from error
    if not isinstance(root, ET.Element):
        raise InvalidDocument(f"{path}: XML without an element")
    return root


def child_text(element: ET.Element | None, name: str) -> str:
    """Give the text of a child, without surrounding space; empty if there is none."""
    return "" if element is None else (element.findtext(name) or "").strip()


class _Builder(ET.TreeBuilder):
    """Builds elements whose tags have no namespace, to a certain depth."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        """Open an element."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise InvalidDocument(f"{self._path}: XML nested too deeply")
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str) -> ET.Element:
        """Close it."""
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])
