"""Closes change requests that nobody needs any more, and deletes their branches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.forges.refreshing import retire, state_of
from bedplate.model.skipped import Skipped
from bedplate.support.git_objects import is_ours
from bedplate.support.git_remote import fetch_if_there, push

if TYPE_CHECKING:
    from collections.abc import Collection

    from bedplate.forges.forge import ForgeClient
    from bedplate.model.change_request import ChangeRequest
    from bedplate.support.git import Git
    from bedplate.support.git_remote import Remote


@dataclass(frozen=True, slots=True)
class Retired:
    """What became of requests whose branches are no longer wanted.

    Args:
        closed: they are closed, and their branches deleted.
        kept: they stay open, as people have commits there.
    """

    closed: tuple[ChangeRequest, ...] = ()
    kept: tuple[Skipped, ...] = ()


def retire_stale(
    client: ForgeClient,
    git: Git,
    remote: Remote,
    prefix: str,
    wanted: Collection[str],
    comment: str,
) -> Retired:
    """Close our open requests whose branches are not wanted.

    Args:
        client: of the repository.
        git: a clone of it.
        remote: where the branches are.
        prefix: of our branches.
        wanted: branches that stay.
        comment: says why they are closed.

    Raises:
        BranchMoved: somebody pushed to a branch meanwhile.
    """
    closed: list[ChangeRequest] = []
    kept: list[Skipped] = []
    for request in client.list_open(prefix):
        if request.branch in wanted or state_of(request) is None:
            continue
        tip = fetch_if_there(git, remote, request.branch)
        if tip and not is_ours(git, tip):
            kept.append(Skipped(request.url, "people have commits on its branch"))
            continue
        retire(client, request, comment)
        if tip:
            push(git, remote, "", request.branch, tip)
        closed.append(request)
    return Retired(tuple(closed), tuple(kept))
