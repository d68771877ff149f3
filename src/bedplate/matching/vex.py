"""VEX documents -> statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.matching.vex_formats import VEX_FORMATS
from bedplate.support.json_fields import mapping

if TYPE_CHECKING:
    from bedplate.model.vex import VexStatement

MAX_SIZE = 256 * 1024 * 1024
_MAX_STATEMENTS = 1_000_000


def read_vex(content: bytes, source: str) -> tuple[VexStatement, ...]:
    """Read a VEX document: OpenVEX, CSAF or CycloneDX, bare or in an in-toto statement.

    Args:
        content: JSON.
        source: name of the file or address, for messages and reports.

    Raises:
        InvalidDocument: not JSON, or of no kind that bedplate reads.
        LimitExceeded: larger than `MAX_SIZE`, or of more statements than bedplate reads.
    """
    import msgspec  # noqa: PLC0415 - lazy: only needed when a document is read

    if len(content) > MAX_SIZE:
        raise LimitExceeded(f"{source}: a VEX document of more than {MAX_SIZE} bytes")
    try:
        document = mapping(msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf")))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{source}: not a VEX document: {error}") from error
    except RecursionError as error:
        raise InvalidDocument(f"{source}: JSON nested too deeply") from error
    if "predicateType" in document:
        document = mapping(document.get("predicate"))
    for vex_format in VEX_FORMATS:
        if vex_format.recognises(document):
            found: list[VexStatement] = []
            for statement in vex_format.statements(document, source):
                if len(found) == _MAX_STATEMENTS:
                    raise LimitExceeded(f"{source}: more than {_MAX_STATEMENTS} VEX statements")
                found.append(statement)
            return tuple(found)
    known = ", ".join(vex_format.NAME for vex_format in VEX_FORMATS)
    raise InvalidDocument(f"{source}: not a VEX document of a known kind", f"known: {known}")
