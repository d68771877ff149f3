"""Control files of Debian's kind: paragraphs of `Field: value` lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def paragraphs(content: bytes, fields: Collection[str]) -> Iterator[dict[str, str]]:
    """Walk the paragraphs.

    Args:
        content: UTF-8; what is not becomes U+FFFD.
        fields: names in lower case of the fields to keep.

    Yields:
        Name in lower case to value; continuation lines stay apart as lines. Lines that are
        none of the format are left out, and the last field of a name wins.

    Source: deb822(5).
    """
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    for block in text.split("\n\n"):
        if block and not block.isspace():
            yield _fields(block, fields)


def _fields(block: str, wanted: Collection[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current = ""
    for line in block.split("\n"):
        if line[:1] in (" ", "\t"):
            if current:
                found[current].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        current = name.lower() if colon else ""
        if current in wanted:
            found[current] = [value.strip()]
        else:
            current = ""
    return {name: "\n".join(lines) for name, lines in found.items()}
