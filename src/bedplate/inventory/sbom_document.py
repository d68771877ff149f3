"""SBOMs as JSON: typed decoding, so that only fields that are read take memory."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.model.want import MIB

MAX_BYTES = 512 * MIB
MAX_COMPONENTS = 1_000_000
_HINT = "an SBOM is expected here: CycloneDX, SPDX or syft JSON"
T = TypeVar("T")


class SbomHead(msgspec.Struct):
    """The fields by which formats are told apart; large ones are looked at, not decoded."""

    bomFormat: Any = None  # noqa: N815 - the format's own spelling
    spdxVersion: Any = None  # noqa: N815
    artifacts: msgspec.Raw = msgspec.Raw()
    descriptor: msgspec.Raw = msgspec.Raw()
    context: msgspec.Raw = msgspec.field(default=msgspec.Raw(), name="@context")
    graph: msgspec.Raw = msgspec.field(default=msgspec.Raw(), name="@graph")
    predicateType: Any = None  # noqa: N815
    predicate: msgspec.Raw = msgspec.Raw()
    subject: msgspec.Raw = msgspec.Raw()
    payloadType: Any = None  # noqa: N815
    payload: msgspec.Raw = msgspec.Raw()


def is_there(part: msgspec.Raw) -> bool:
    """Tell whether a document has a part, without a copy of it."""
    return len(memoryview(part)) > 0


def decode(content: bytes | msgspec.Raw, kind: type[T], where: str) -> T:
    """Decode JSON of a known type, from a source that nobody vouches for.

    Raises:
        InvalidDocument: names `where` and the field.
        LimitExceeded: larger than any SBOM that people have.
    """
    if len(memoryview(content)) > MAX_BYTES:
        raise LimitExceeded(f"{where}: larger than {MAX_BYTES // MIB} MiB", _HINT)
    try:
        return msgspec.json.decode(content, type=kind)
    except RecursionError as error:
        raise InvalidDocument(f"{where}: nested too deeply", _HINT) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{where}: {_explain(error)}", _HINT) from error


def check_count(count: int, where: str) -> None:
    """Refuse more components than anybody has.

    Raises:
        LimitExceeded: names the limit.
    """
    if count > MAX_COMPONENTS:
        raise LimitExceeded(f"{where}: more than {MAX_COMPONENTS} components", _HINT)


def unknown_format(where: str) -> InvalidDocument:
    """Make the error for JSON that is no SBOM."""
    return InvalidDocument(f"{where}: JSON, but no SBOM of a known format", _HINT)


def _explain(error: Exception) -> str:
    """Say what is wrong in one line that starts with the field."""
    reason, _, path = str(error).partition(" - at `")
    field = path.rstrip("`").removeprefix("$").removeprefix(".")
    reason = reason.replace("`", "")
    return f"field {field}: {reason}" if field else reason
