"""A file -> the images that it names, by the kind that its path and words tell."""

from __future__ import annotations

import posixpath
import re
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, LimitExceeded
from bedplate.model.want import compile_glob
from bedplate.repofiles.file_kinds import FILE_KINDS
from bedplate.repofiles.repofile import Repofile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.file_kind import FileKind

MAX_CHARACTERS = 8 * 1024 * 1024
MAX_USES = 20_000
# Named like the file that it belongs to.
_NEVER = ".dockerignore"


def images(
    path: str, text: str, *, kind: str = "", variables: Mapping[str, str] | None = None
) -> list[ImageUse | Skipped]:
    """Find every image that a file names.

    Args:
        path: where the file stands in its repository; it says which kinds the file can be of.
        text: all of it. Read bytes with `errors="surrogateescape"` to keep what is not UTF-8.
        kind: name of the file kind, for files that don't have a usual name.
        variables: values of variables that the file uses but does not set.

    Returns:
        Uses and what could not be read, with the reason, in the order of the file. Nothing
        when the file is of no kind that is known.

    Raises:
        LimitExceeded: larger than is read, or with more images.
        BadInput: no such kind, or a file that is not of the kind that its name promises.
    """
    reader = _by_name(kind) if kind else kind_of(path, text)
    if reader is None:
        return []
    readable(path, text)
    found = reader.images(Repofile(path, text, reader.NAME, variables or {}))
    first = list(islice(found, MAX_USES + 1))
    if len(first) > MAX_USES:
        raise LimitExceeded(f"{path}: names more than {MAX_USES:,} images", "leave it out")
    return _in_order(first)


def readable(path: str, text: str) -> None:
    """Refuse what is too large to read.

    Raises:
        LimitExceeded: more characters than are read.
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitExceeded(f"{path}: more than {MAX_CHARACTERS:,} characters", "leave it out")


def kind_of(path: str, text: str) -> FileKind | None:
    """Give the kind of a file; None when it is of no kind that names images."""
    return next((kind for kind in _kinds_by_path(path) if kind.recognises(text)), None)


@lru_cache(maxsize=65_536)  # a run asks for each path several times
def _kinds_by_path(path: str) -> tuple[FileKind, ...]:
    path = posixpath.normpath(f"/{path}").lstrip("/")
    if path.endswith(_NEVER):
        return ()
    return tuple(kind for kind in FILE_KINDS if _wanted(kind.WANTS).fullmatch(path))


def can_be_built(path: str) -> bool:
    """Say whether a file with such a path can be a Dockerfile, or describe builds of some."""
    return _wanted(_globs_of_builds()).fullmatch(path) is not None


@cache
def _globs_of_builds() -> tuple[str, ...]:
    kinds = [kind for kind in FILE_KINDS if kind.NAME == "dockerfile" or hasattr(kind, "builds")]
    return tuple(glob for kind in kinds for glob in kind.WANTS)


def can_name_images(path: str) -> bool:
    """Say whether some kind reads files with such a path; its text may still be of none."""
    globs, endings, starts = _all_globs()
    name = path[path.rfind("/") + 1 :]
    # Nearly all files of a repository fall out here, at a tenth of the cost.
    if not name.endswith(endings) and not name.startswith(starts):
        return False
    return not name.endswith(_NEVER) and _wanted(globs).fullmatch(path) is not None


@cache
def _all_globs() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give every glob; what a name may end with; what others begin with."""
    globs = tuple(dict.fromkeys(glob for kind in FILE_KINDS for glob in kind.WANTS))
    names = {glob[glob.rfind("/") + 1 :] for glob in globs}
    starts = tuple(sorted({name[: name.find("*")] for name in names if name.endswith("*")}))
    endings = {name[name.rfind("*") + 1 :] for name in names if not name.endswith("*")}
    few = {one for one in endings if not any(one != it and one.endswith(it) for it in endings)}
    return globs, tuple(sorted(few)), starts


def _by_name(name: str) -> FileKind:
    for kind in FILE_KINDS:
        if name == kind.NAME:
            return kind
    known = ", ".join(sorted(kind.NAME for kind in FILE_KINDS))
    raise BadInput(f"{name!r} is not a kind of file", f"known: {known}")


@cache
def _wanted(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(compile_glob(glob).pattern for glob in globs), re.DOTALL)


def _in_order(found: Iterable[ImageUse | Skipped | None]) -> list[ImageUse | Skipped]:
    """Sort by place, each place once: an anchor is found again at each of its aliases."""
    uses: dict[object, ImageUse | Skipped] = {}
    for number, one in enumerate(found):
        if one is not None:
            span = getattr(one, "span", None)
            uses.setdefault((span, getattr(one, "use_span", None), number * (span is None)), one)
    return sorted(uses.values(), key=_place)


def _place(found: ImageUse | Skipped) -> tuple[int, int]:
    span = getattr(found, "use_span", None) or getattr(found, "span", None)
    return (span.start, span.end) if span else (0, 0)
