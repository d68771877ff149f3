"""An OSV record as it is written.

Source: OSV schema 1.7; fields that bedplate does not use are passed over.
"""

from __future__ import annotations

from typing import Any

import msgspec


class OsvEvent(msgspec.Struct, gc=False):
    """One point of a range; one of the fields is set."""

    introduced: str | None = None
    fixed: str | None = None
    last_affected: str | None = None
    limit: str | None = None


class OsvRange(msgspec.Struct):
    """Points between which versions are vulnerable."""

    type: str = ""
    events: list[OsvEvent] = []


class OsvPackage(msgspec.Struct, gc=False):
    """The package, in OSV's words."""

    ecosystem: str = ""
    name: str = ""


class OsvSeverity(msgspec.Struct, gc=False):
    """A CVSS vector, or the word of a vendor."""

    type: str = ""
    score: str | float | None = None


class OsvAffected(msgspec.Struct):
    """What is said of one package."""

    package: OsvPackage | None = None
    ranges: list[OsvRange] | None = None
    versions: list[str] | None = None
    severity: list[OsvSeverity] | None = None
    ecosystem_specific: dict[str, Any] | None = None
    database_specific: dict[str, Any] | None = None


class OsvDocument(msgspec.Struct):
    """The record."""

    id: str
    modified: str | None = None
    published: str | None = None
    withdrawn: Any = None
    aliases: list[str] | None = None
    related: list[str] | None = None
    upstream: list[str] | None = None
    summary: str | None = None
    severity: list[OsvSeverity] | None = None
    affected: list[OsvAffected] | None = None
    database_specific: dict[str, Any] | None = None
