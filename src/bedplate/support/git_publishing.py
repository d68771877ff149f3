"""Puts changed files on a branch of a remote, as one commit; a person's commits are respected."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bedplate.errors import BranchMoved
from bedplate.support.git_objects import Identity, commit_tree, is_ours, list_files, write_tree
from bedplate.support.git_remote import fetch_if_there, push

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.support.git import Git
    from bedplate.support.git_remote import Remote

_MAX_FOREIGN = 20


class Push(StrEnum):
    """What became of a branch."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a person has commits on it
    EMPTY = "empty"  # the base has all of it already


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch that is to be.

    Args:
        name: of the branch.
        base: hash of the commit that it starts from, which the remote has.
        files: content by path.
        message: of its one commit.
        identity: who commits.
        rebase: start from `base` even when the branch is right as it is.
    """

    name: str
    base: str
    files: Mapping[str, bytes]
    message: str
    identity: Identity = field(default_factory=Identity)
    rebase: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A branch after a run.

    Args:
        action: what was done.
        commit: hash of the commit at its tip; empty when there is no branch.
        people: of a kept branch, who has commits there, `name <email>`.
        unsigned: why its commit is not signed although the user's settings ask for it.
    """

    action: Push
    commit: str = ""
    people: tuple[str, ...] = ()
    unsigned: str = ""


def publish(git: Git, remote: Remote, branch: Branch) -> Published:
    """Make a branch of a remote hold some files, and nothing else over its base.

    A branch that does is left alone as long as its base has not changed the same files. One that
    moves while we look at it is looked at once more.

    Raises:
        BranchMoved: it moved twice.
        Unauthorized: the login may not push, or the branch is protected.
        BadInput: a path that is not a plain file.
    """
    try:
        return _publish(git, remote, branch)
    except BranchMoved:
        return _publish(git, remote, branch)


def _publish(git: Git, remote: Remote, branch: Branch) -> Published:
    tree = write_tree(git, branch.base, branch.files)
    there = fetch_if_there(git, remote, branch.name)
    if there and not is_ours(git, there):
        return Published(Push.KEPT, there, people_on(git, branch.base, there))
    if tree == git.line("rev-parse", f"{branch.base}^{{tree}}"):
        return Published(Push.EMPTY, there)
    if there and not branch.rebase and _is_right(git, branch, there, tree):
        return Published(Push.UNCHANGED, there)
    made = commit_tree(git, branch.base, tree, branch.message, branch.identity)
    push(git, remote, made.commit, branch.name, there)
    action = Push.UPDATED if there else Push.CREATED
    return Published(action, made.commit, unsigned=made.unsigned)


def _is_right(git: Git, branch: Branch, tip: str, tree: str) -> bool:
    """Tell whether a commit of ours changes what is wanted, and merges into the base cleanly."""
    start = git.line("rev-parse", f"{tip}^")
    if start == branch.base:
        return git.line("rev-parse", f"{tip}^{{tree}}") == tree
    paths = tuple(branch.files)
    changed = git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", start, tip)
    names = {name.decode(errors="surrogateescape") for name in changed.split(b"\0") if name}
    same_base = list_files(git, start, paths) == list_files(git, branch.base, paths)
    wanted = list_files(git, tree, paths)
    return same_base and names <= set(paths) and list_files(git, tip, paths) == wanted


def people_on(git: Git, base: str, tip: str) -> tuple[str, ...]:
    """List who made the commits of a branch that are not ours, newest first, each once."""
    said = git.run(
        "log",
        f"--max-count={_MAX_FOREIGN}",
        "--format=%H%x00%an <%ae>%x00%cn <%ce>",
        f"{base}..{tip}",
    ).decode(errors="replace")
    rows = (row.split("\0") for row in said.splitlines())
    people = [
        name
        for commit, author, committer in rows
        if not is_ours(git, commit)
        for name in (author, committer)
    ]
    return tuple(dict.fromkeys(people))
