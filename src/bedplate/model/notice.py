"""What a watch tells about one repository."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became of one image or group of images.

    Args:
        status: `behind`, or how a group of changes ended: `opened`, `refreshed`, `failed`, ...
        title: what it is, one line.
        url: of its change request; empty when there is none.
        notes: why, and what was wanted and not done.
    """

    status: str
    title: str
    url: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One message.

    Args:
        repository: its name.
        changes: what there is to know; empty when it failed as a whole.
        failure: why it could not be looked at; empty when it could.
    """

    repository: str
    changes: tuple[Change, ...] = ()
    failure: str = ""
