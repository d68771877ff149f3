"""What pinning made of each place that names an image."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.skipped import Skipped


class PinStatus(StrEnum):
    """How one place ended.

    A run that checks ends with findings when a place is `drifted`, `gone` or `unlocked`; any run
    says that it could not examine everything when one is `unexamined`.
    """

    PINNED = "pinned"
    UNPINNED = "unpinned"
    KEPT = "kept"
    VERIFIED = "verified"
    DRIFTED = "drifted"
    GONE = "gone"
    UNLOCKED = "unlocked"
    UNEXAMINED = "unexamined"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Pin:
    """One place that names an image.

    Args:
        path: the file, `/` between folders.
        line: from 1; 0 when the place is not known.
        image: the reference, variables resolved; as written when it can't be resolved.
        status: how it ended.
        digest: `sha256:...` that it is pinned to now, or that it should be; may be empty.
        tag: the tag that stands in the file afterwards; empty when it stays.
        note: why, or what there is to know; may be empty.
        observed: ISO date on which the tag had the digest; empty when nobody was asked.
    """

    path: str
    line: int
    image: str
    status: PinStatus
    digest: str = ""
    tag: str = ""
    note: str = ""
    observed: str = ""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that is to have another text.

    Args:
        path: as shown, `/` between folders.
        old: its text; bytes that are not UTF-8 are kept as surrogates.
        new: the text that it gets.
    """

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PinReport:
    """One run.

    Args:
        pins: in the order of files and lines.
        changed: files that got, or would get, another text; the lock file too.
        skipped: files and folders that could not be read, with the reason.
        failed: files that could not be written, with the reason; each is as it was.
        written: the changes were made, not only shown.
        files: how many files name images.
    """

    pins: tuple[Pin, ...]
    changed: tuple[ChangedFile, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()
    written: bool = False
    files: int = 0
