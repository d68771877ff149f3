"""Files of one repository are built on different versions of one image.

Mostly one file was updated and the other forgotten: each version is one more to pull, to scan and
to keep. Of the versions that a file names, those that are not the newest are reported once, with
the files that have the newest one. `20` and `20.11` are no different versions, for the one can be
the other; versions within one file are for several-base-versions.

Fix: build all files on one version; or say that it is meant by a comment or in the settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidReference
from bedplate.linting.repository_rule import Find
from bedplate.model.reference import Reference
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.linting.repository_rule import PlacedUse
    from bedplate.linting.settings import LintSettings

    Version = tuple[int, ...]

SEVERITY = Severity.INFO
SETTINGS: Mapping[str, Any] = {}
BAD: tuple[Mapping[str, str], ...] = (
    {
        "api/Dockerfile": "FROM python:3.11-slim\n",
        "worker/Dockerfile": "FROM python:3.12-slim\n",
    },
    {
        "a/Dockerfile": "ARG V=20.1\nFROM node:$V-alpine\n",
        "compose.yaml": (
            "services:\n  b:\n    build:\n      dockerfile_inline: |\n"
            "        FROM docker.io/library/node:22.3\n"
        ),
    },
)
GOOD: tuple[Mapping[str, str], ...] = (
    {
        "api/Dockerfile": "FROM python:3.12-slim\n",
        "worker/Dockerfile": "FROM python:3.12-alpine\n",
    },
    {"a/Dockerfile": "FROM node:20\n", "b/Dockerfile": "FROM node:20.11-slim\n"},
    {"a/Dockerfile": "FROM node:20\n", "b/Dockerfile": "FROM team/node:22\n"},
    {"a/Dockerfile": "FROM node:20.1\nFROM node:22.1\n"},
    {
        "a/Dockerfile": "FROM node:20.1\n",
        "compose.yaml": "services:\n  b:\n    image: node:22.1\n",
    },
)
_VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)*)")
_MAX_DIGITS = 9
_SHOWN = 3  # files named in a message


def check(places: Sequence[PlacedUse], _settings: LintSettings) -> Iterator[Find]:
    """Find bases that another file has in a newer version."""
    by_name: dict[str, dict[Version, dict[str, PlacedUse]]] = {}
    for place in places:
        found = _versioned(place) if place.use.role == "from" else None
        if found is not None:
            name, version = found
            by_name.setdefault(name, {}).setdefault(version, {}).setdefault(place.path, place)
    for name, versions in by_name.items():
        yield from _differing(name, versions)


def _versioned(place: PlacedUse) -> tuple[str, Version] | None:
    try:
        reference = Reference.parse(place.use.text)
    except InvalidReference:
        return None
    match = _VERSION.search(reference.tag)
    if match is None:
        return None
    return reference.familiar_name, tuple(int(p[:_MAX_DIGITS]) for p in match[1].split("."))


def _differing(name: str, versions: dict[Version, dict[str, PlacedUse]]) -> Iterator[Find]:
    newest = max(versions)
    there = sorted({path for one in versions if _same(one, newest) for path in versions[one]})
    also_there = frozenset(there)
    for version, places in versions.items():
        for path, place in places.items() if not _same(version, newest) else ():
            count = len(there) - (path in also_there)
            if count:
                files = _files([one for one in there[: _SHOWN + 1] if one != path], count)
                message = f"{name} is {_text(version)} here, {_text(newest)} in {files}"
                yield Find(place, message)


def _same(one: Version, other: Version) -> bool:
    """Tell whether two versions can be one: as far as both say."""
    return all(a == b for a, b in zip(one, other, strict=False))


def _text(version: Version) -> str:
    return ".".join(map(str, version))


def _files(first: list[str], count: int) -> str:
    shown = ", ".join(first[:_SHOWN])
    more = count - _SHOWN
    return f"{shown} and {more} more {'file' if more == 1 else 'files'}" if more > 0 else shown
