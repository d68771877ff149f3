"""The text of a lock file, and the bounds that all lock formats share."""

from __future__ import annotations

import codecs

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.model.want import MIB

# Lock files of very large monorepos stay below 10 MiB.
MAX_BYTES = 32 * MIB


def decode(path: str, content: bytes, *, lenient: bool = False) -> str:
    """Decode a text file: UTF-8, or UTF-16 when it starts with that byte order mark.

    Args:
        path: named in the error.
        content: the whole file.
        lenient: take other encodings for what they are in ASCII, the rest gets lost.

    Raises:
        InvalidDocument: neither UTF-8 nor marked UTF-16.
        LimitExceeded: larger than any lock file that people have.
    """
    if len(content) > MAX_BYTES:
        raise LimitExceeded(
            f"{path}: larger than {MAX_BYTES // MIB} MiB", "a lock file is expected here"
        )
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode(
            "utf-16" if utf16 else "utf-8-sig", "replace" if lenient else "strict"
        )
    except UnicodeDecodeError as error:
        raise InvalidDocument(
            f"{path}: not text at byte {error.start}", "a file in UTF-8 is expected here"
        ) from error
