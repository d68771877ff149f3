"""A file -> the builds that it describes."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.skipped import Skipped
from bedplate.repofiles.reading import kind_of, readable
from bedplate.repofiles.repofile import Repofile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.repofiles.build import Build
    from bedplate.repofiles.located import Located

# Elsewhere than in the repository, or known to the builder alone.
_ELSEWHERE = re.compile(r"://|\$|\{\{|^[\w.-]+@|^(?:github|gitlab|bitbucket)\.com/|^/|^~")


class PlacedBuild(NamedTuple):
    """A build, with its paths from the root of the repository.

    Args:
        dockerfile: path of the Dockerfile.
        context: path of the folder; empty for the root.
    """

    dockerfile: str
    context: str


class InlineDockerfile(NamedTuple):
    """A Dockerfile that stands in another file.

    Args:
        value: its text, with the place of each character in the file around it.
        context: path of its build context from the root of the repository; None when that is
            elsewhere, or not known.
    """

    value: Located
    context: str | None


def placed_builds(path: str, text: str) -> list[PlacedBuild]:
    """Find the Dockerfiles that a file builds from a folder of the repository.

    Args:
        path: where the file stands in its repository.
        text: all of it.

    Raises:
        BadInput: the file can't be read.
    """
    found = []
    for build in _builds(path, text):
        context = _below(posixpath.dirname(path), build.context or ".")
        if context is None or build.inline is not None:
            continue
        dockerfile = _below(context, build.dockerfile or "Dockerfile")
        if dockerfile is not None:
            found.append(PlacedBuild(dockerfile, context))
    return found


def inline_dockerfiles(path: str, text: str) -> list[InlineDockerfile | Skipped]:
    """Find the Dockerfiles that stand in a file of another kind.

    Args:
        path: where the file stands in its repository.
        text: all of it.

    Returns:
        Dockerfiles, and why others can't be read.

    Raises:
        BadInput: the file can't be read.
    """
    folder = posixpath.dirname(path)
    found: dict[object, InlineDockerfile | Skipped] = {}
    for build in _builds(path, text):
        if isinstance(build.inline, Skipped):
            found[build.inline] = build.inline
        elif build.inline is not None:  # an alias is found again, and told once
            context = _below(folder, build.context or ".")
            start = build.inline.outline().start
            found.setdefault(start, InlineDockerfile(build.inline, context))
    return list(found.values())


def _builds(path: str, text: str) -> Iterator[Build]:
    kind = kind_of(path, text)
    read: Callable[[Repofile], Iterator[Build]] | None = getattr(kind, "builds", None)
    if kind is None or read is None:
        return
    readable(path, text)
    yield from read(Repofile(path, text, kind.NAME, {}))


def _below(folder: str, path: str) -> str | None:
    """Join paths; None for one that leaves the repository, or is not a path in it."""
    if _ELSEWHERE.search(path):
        return None
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".." or joined.startswith("../"):
        return None
    return "" if joined == "." else joined
