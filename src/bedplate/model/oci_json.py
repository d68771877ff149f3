"""Reading JSON documents from outside: typed, bounded, every error with the field's path."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from bedplate.errors import InvalidDigest, InvalidDocument, LimitExceeded
from bedplate.model.digest import Digest

# What registries accept at most (distribution-spec, "Pushing Manifests": at least 4 MiB).
MAX_DOCUMENT_BYTES = 4 * 1024 * 1024
MAX_ENTRIES = 10_000
MAX_INTEGER = 2**63 - 1
_SHOWN = 60


def load_object(content: bytes, name: str) -> JsonObject:
    """Decode a document that must be a JSON object.

    Args:
        content: UTF-8 JSON.
        name: what the document is, for errors (`image manifest`).

    Raises:
        InvalidDocument: not JSON, nested too deep, or not an object.
        LimitExceeded: larger than `MAX_DOCUMENT_BYTES`.
    """
    if len(content) > MAX_DOCUMENT_BYTES:
        raise LimitExceeded(
            f"{name}: {len(content)} bytes, more than the {MAX_DOCUMENT_BYTES} that one may have"
        )
    try:
        value = json.loads(content.decode(), parse_constant=_no_constant)
    except RecursionError as error:
        raise InvalidDocument(f"{name}: nested too deep") from error
    except UnicodeDecodeError as error:
        raise InvalidDocument(f"{name}: not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidDocument(f"{name}: not JSON at {place}: {error.msg}") from error
    except ValueError as error:
        raise InvalidDocument(f"{name}: holds a number that is none") from error
    if not isinstance(value, dict):
        raise InvalidDocument(f"{name}: must be a JSON object, is {_kind(value)}")
    return JsonObject(value, name, "")


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


class JsonObject:
    """A JSON object, read field by field; null counts as absent.

    Every reader raises InvalidDocument when the field has another type than asked for.
    """

    __slots__ = ("_name", "_path", "_value")

    def __init__(self, value: dict[str, Any], name: str, path: str) -> None:
        self._value = value
        self._name = name
        self._path = path

    def __contains__(self, field: str) -> bool:
        return self._value.get(field) is not None

    def refuse(self, field: str, reason: str) -> InvalidDocument:
        """Make the error for a field: `image manifest: layers[2].digest is missing`."""
        path = f"{self._path}.{field}".strip(".")
        return InvalidDocument(f"{self._name}: {path} {reason}".replace("  ", " "))

    def _get(self, field: str, kind: type, word: str) -> Any:
        value = self._value.get(field)
        if value is not None and (type(value) is not kind):
            raise self.refuse(field, f"must be {word}, is {_kind(value)}")
        return value

    def text(self, field: str) -> str:
        """Read a string; empty when absent."""
        return _sound(self._get(field, str, "a string") or "")

    def needed(self, field: str) -> str:
        """Read a string that must be there and not be empty."""
        value = self.text(field)
        if not value:
            raise self.refuse(field, "is empty" if field in self else "is missing")
        return value

    def boolean(self, field: str) -> bool:
        """Read true or false; false when absent."""
        return bool(self._get(field, bool, "true or false"))

    def size(self, field: str) -> int:
        """Read a count of bytes, which must be there."""
        value: int | None = self._get(field, int, "a whole number")
        if value is None:
            raise self.refuse(field, "is missing")
        if not 0 <= value <= MAX_INTEGER:
            raise self.refuse(field, "is out of range")
        return value

    def number(self, field: str) -> int | None:
        """Read a whole number; None when absent."""
        value: int | None = self._get(field, int, "a whole number")
        return value

    def digest(self, field: str) -> Digest:
        """Read a digest of any algorithm, which must be there."""
        return self._digest(self.needed(field), field)

    def digests(self, field: str) -> tuple[Digest, ...]:
        """Read a list of digests, which must be there."""
        if field not in self:
            raise self.refuse(field, "is missing")
        texts = self.texts(field)
        return tuple(self._digest(text, f"{field}[{i}]") for i, text in enumerate(texts))

    def _digest(self, text: str, field: str) -> Digest:
        try:
            return Digest.parse_any(text)
        except InvalidDigest as error:
            raise self.refuse(field, f"is no digest: {error.message}") from error

    def texts(self, field: str) -> tuple[str, ...]:
        """Read a list of strings; empty when absent."""
        values = self._list(field)
        for i, value in enumerate(values):
            if not isinstance(value, str):
                raise self.refuse(f"{field}[{i}]", f"must be a string, is {_kind(value)}")
        return tuple(_sound(value) for value in values)

    def pairs(self, field: str) -> dict[str, str]:
        """Read an object whose values are all strings; empty when absent."""
        values: dict[str, Any] = self._get(field, dict, "an object") or {}
        for key, value in values.items():
            if not isinstance(value, str):
                raise self.refuse(f"{field}[{_short(key)}]", f"must be a string, is {_kind(value)}")
        return {_sound(key): _sound(value) for key, value in values.items()}

    def keys(self, field: str) -> tuple[str, ...]:
        """Read the sorted keys of an object that is used as a set: its values are objects."""
        values: dict[str, Any] = self._get(field, dict, "an object") or {}
        for key, value in values.items():
            if not isinstance(value, dict | None):
                raise self.refuse(
                    f"{field}[{_short(key)}]", f"must be an object, is {_kind(value)}"
                )
        return tuple(sorted(_sound(key) for key in values))

    def object(self, field: str) -> JsonObject | None:
        """Read an object; None when absent."""
        value: dict[str, Any] | None = self._get(field, dict, "an object")
        return None if value is None else self._below(value, field)

    def objects(self, field: str) -> tuple[JsonObject, ...]:
        """Read a list of objects; empty when absent."""
        values = self._list(field)
        for i, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.refuse(f"{field}[{i}]", f"must be an object, is {_kind(value)}")
        return tuple(self._below(value, f"{field}[{i}]") for i, value in enumerate(values))

    def _list(self, field: str) -> list[Any]:
        values: list[Any] = self._get(field, list, "a list") or []
        if len(values) > MAX_ENTRIES:
            raise LimitExceeded(
                f"{self._name}: {field} has {len(values)} entries, more than {MAX_ENTRIES}"
            )
        return values

    def _below(self, value: dict[str, Any], field: str) -> JsonObject:
        return JsonObject(value, self._name, f"{self._path}.{field}".lstrip("."))


def _kind(value: object) -> str:
    """Name the JSON type of a value."""
    words = {bool: "true or false", int: "a number", float: "a number", str: "a string"}
    if value is None:
        return "null"
    return words.get(type(value), "a list" if isinstance(value, list) else "an object")


def _short(key: str) -> str:
    return repr(key if len(key) <= _SHOWN else f"{key[:_SHOWN]}...")


def _sound(text: str) -> str:
    """Replace half surrogate pairs, which JSON can write but no output can print."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
