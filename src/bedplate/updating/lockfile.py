"""`bedplate.lock`: the digests of a repository's images, beside files that stay readable.

    {"schema": "bedplate/lock/1",
     "images": {"docker.io/library/node:20-alpine":
                {"date": "2026-01-31", "digest": "sha256:..."}}}

Sorted, one entry after the other, so that two branches seldom meet in one line.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDigest, InvalidDocument, InvalidReference
from bedplate.model.digest import Digest
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "bedplate.lock"
SCHEMA = "bedplate/lock/1"
MAX_IMAGES = 100_000


@dataclass(frozen=True, slots=True)
class Locked:
    """What a reference stood for.

    Args:
        digest: `sha256:...`.
        date: ISO date on which it did.
    """

    digest: str
    date: str


def read_lock(text: str, name: str) -> dict[str, Locked]:
    """Read a lock file; an empty text holds no images.

    Args:
        text: all of it.
        name: named in errors.

    Raises:
        InvalidDocument: not a lock file; names the field.
    """
    if not text.strip():
        return {}
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not JSON", "delete it, then pin again") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InvalidDocument(f"{name}: schema is not {SCHEMA}", "is it of another bedplate?")
    images = document.get("images")
    if not isinstance(images, dict):
        raise InvalidDocument(f"{name}: images is not a table")
    if len(images) > MAX_IMAGES:
        raise InvalidDocument(f"{name}: more than {MAX_IMAGES:,} images")
    return {key: _entry(f"{name}: images.{key[:200]}", key, images[key]) for key in images}


def write_lock(images: Mapping[str, Locked]) -> str:
    """Write a lock file, sorted by reference."""
    table = {
        key: {"date": images[key].date, "digest": images[key].digest} for key in sorted(images)
    }
    return json.dumps({"schema": SCHEMA, "images": table}, indent=2) + "\n"


def _entry(place: str, key: str, value: Any) -> Locked:
    if not isinstance(value, dict):
        raise InvalidDocument(f"{place} is not a table")
    digest, date = value.get("digest"), value.get("date")
    try:
        if str(Reference.parse(key)) != key:
            raise InvalidDocument(f"{place} is not a full reference")
        parsed = Digest.parse(digest) if isinstance(digest, str) else None
    except (InvalidReference, InvalidDigest) as error:
        raise InvalidDocument(f"{place}: {error.message}", error.hint) from error
    if parsed is None:
        raise InvalidDocument(f"{place}.digest is not a text")
    try:
        day = dt.date.fromisoformat(date) if isinstance(date, str) else None
    except ValueError:
        day = None
    if day is None:
        raise InvalidDocument(f"{place}.date is not a date")
    return Locked(str(parsed), day.isoformat())
