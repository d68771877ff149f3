"""`BaseFacts` as JSON and back.

The document is `{"schema": "bedplate/facts/1", "facts": {...}}`. Fields that equal their default
are left out; unknown fields are passed over, so that an older bedplate reads newer documents.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from bedplate.errors import InvalidDocument
from bedplate.model.base_facts import BaseFacts  # noqa: TC001 - msgspec resolves it

SCHEMA = "bedplate/facts/1"
MAX_DOCUMENT = 64 * 1024 * 1024
"""Bytes; the facts of an image of 10,000 packages with their files take about 20 MB."""

_HINT = "remove the file, or make it again with this version of bedplate"
_HALF_PAIR = b"\\udc"
_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {}
T = TypeVar("T")


class _Document(msgspec.Struct):
    """The envelope of one row."""

    schema: str
    facts: BaseFacts


def encode(facts: BaseFacts) -> bytes:
    """Write facts as one JSON document, without a line break in it."""
    return encode_plain({"schema": SCHEMA, "facts": plain(facts)})


def encode_plain(value: Any) -> bytes:
    """Write JSON on one line.

    Bytes of file names that are not UTF-8 are half surrogate pairs in our strings (PEP 383);
    they are written as escapes, which `read` takes back.
    """
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):  # half pairs; numbers of more than 64 bits
        return json.dumps(value, separators=(",", ":")).encode()


def decode(content: bytes, where: str) -> BaseFacts:
    """Read what `encode` wrote.

    Args:
        content: the document.
        where: file or cache key, named in errors.

    Raises:
        InvalidDocument: not such a document, or of a newer schema; names `where` and the field.
    """
    document = read(content, _Document, where)
    check_schema(document.schema, SCHEMA, where)
    return document.facts


def read(content: bytes, kind: type[T], where: str) -> T:
    """Decode JSON of a known type, from a source that nobody vouches for.

    Raises:
        InvalidDocument: names `where` and the field.
    """
    if len(content) > MAX_DOCUMENT:
        raise InvalidDocument(f"{where} is larger than {MAX_DOCUMENT // 1024**2} MiB", _HINT)
    try:
        return _decoder(kind).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _HALF_PAIR in content and not isinstance(error, msgspec.ValidationError):
            return convert(_read_escapes(content, where), kind, where)
        raise InvalidDocument(f"{where}: {explain(error)}", _HINT) from error


def _read_escapes(content: bytes, where: str) -> Any:
    """Read JSON with half surrogate pairs, which only the standard library takes."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{where}: {explain(error)}", _HINT) from error


def convert(value: object, kind: type[T], where: str) -> T:
    """Check decoded JSON against a type and give a value of it.

    Raises:
        InvalidDocument: names `where` and the field.
    """
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidDocument(f"{where}: {explain(error)}", _HINT) from error


def check_schema(found: str, wanted: str, where: str) -> None:
    """Refuse documents of another kind or version.

    Raises:
        InvalidDocument: names both.
    """
    if found != wanted:
        raise InvalidDocument(
            f"{where}: field schema is {found[:60]!r}, this bedplate reads {wanted!r}", _HINT
        )


def explain(error: Exception) -> str:
    """Say what is wrong with a document in one line that starts with the field."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    reason, _, path = str(error).partition(" - at `")
    field = path.rstrip("`").removeprefix("$").removeprefix(".")
    reason = reason.replace("`", "")
    return f"field {field}: {reason}" if field else reason


def plain(value: Any) -> Any:
    """Turn a value of the model into what JSON can hold, without fields at their default."""
    if is_dataclass(value):
        kind: Any = type(value)
        kept: dict[str, Any] = {}
        for name, default in _defaults(kind):
            item = getattr(value, name)
            if item != default:
                kept[name] = plain(item)
        return kept
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """List a dataclass's fields with their defaults; MISSING, which nothing equals, if none."""
    described: tuple[Field[Any], ...] = fields(kind)
    return tuple(
        (
            field.name,
            field.default if field.default_factory is MISSING else field.default_factory(),
        )
        for field in described
    )


def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Make the decoder of a type once; a decoder holds no state."""
    if kind not in _DECODERS:
        _DECODERS[kind] = msgspec.json.Decoder(kind)
    return cast("msgspec.json.Decoder[T]", _DECODERS[kind])
