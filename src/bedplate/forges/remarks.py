"""The one comment of a change request, and the one issue of a repository, that we keep fresh."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from bedplate.errors import ForgeError, RegistryUnreachable, Unauthorized
from bedplate.forges.body import marked_body, same_text
from bedplate.forges.markers import read_marker
from bedplate.model.comment import Comment
from bedplate.model.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.forges.forge import ForgeClient

Written = TypeVar("Written", Comment, Issue)


def keep_comment(client: ForgeClient, number: int, kind: str, body: str) -> bool:
    """Write or rewrite the one comment of a kind; tell whether anything changed.

    Args:
        client: of the repository.
        number: of the change request.
        kind: of the hidden marker, as `check`.
        body: Markdown, without a marker.
    """
    marked = marked_body(kind, {}, body)
    found = _comments(client, number, kind)
    if any(same_text(marked, one.body) for one in found):
        return False
    for one in found:
        with contextlib.suppress(Unauthorized):  # where we can't know whose it is
            client.edit_comment(number, one, marked)
            return True
    try:
        client.add_comment(number, marked)
    except (ForgeError, RegistryUnreachable):
        # its answer may have been lost; if so it is there
        if not any(same_text(marked, one.body) for one in _comments(client, number, kind)):
            raise
    return True


def _comments(client: ForgeClient, number: int, kind: str) -> list[Comment]:
    """List our comments of a kind in a change request."""
    found = [one for one in client.comments(number) if read_marker(one.body, kind) is not None]
    return _written_by_us(client, found)


def _written_by_us(client: ForgeClient, found: list[Written]) -> list[Written]:
    """Leave out what others wrote: anybody can put a marker into a comment or an issue."""
    account = _bare(client.account()) if found else ""
    return [one for one in found if not account or _bare(one.author) in ("", account)]


def _bare(name: str) -> str:
    """Give a user name as it can be compared: GitHub's apps have it with and without an end."""
    return name.casefold().removesuffix("[bot]")


def keep_issue(
    client: ForgeClient, kind: str, title: str, body: str, labels: Sequence[str] = ()
) -> tuple[Issue, bool]:
    """Open or rewrite the one issue of a kind; give it, and whether anything changed.

    An issue that a person closed stays closed and is left alone.

    Args:
        client: of the repository.
        kind: of the hidden marker, as `dashboard`.
        title: one line.
        body: Markdown, without a marker.
        labels: of a new issue.
    """
    marked = marked_body(kind, {}, body)
    found = find_issue(client, kind)
    if found is None:
        return _open_issue(client, kind, title, marked, labels), True
    same = found.title == title and same_text(marked, found.body)
    if same or not found.open:
        return found, False
    client.edit_issue(found, title, marked)
    return found, True


def find_issue(client: ForgeClient, kind: str) -> Issue | None:
    """Find our issue of a kind, open or closed."""
    for one in client.issues():
        if read_marker(one.body, kind) is not None and _written_by_us(client, [one]):
            return one
    return None


def _open_issue(
    client: ForgeClient, kind: str, title: str, marked: str, labels: Sequence[str]
) -> Issue:
    try:
        return client.create_issue(title, marked, labels)
    except (ForgeError, RegistryUnreachable):
        found = find_issue(client, kind)  # only its answer may have been lost
        if found is None:
            raise
        return found
