"""Remotes: what is there, fetching it, pushing to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, GitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.support.git import Git

_SHALLOW_DEPTH = 50  # commits; a shallow clone is not to become a whole one by a fetch


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote of a repository.

    Args:
        name: as in `origin`, or an address.
        url: its address, which may hold a login: never show it.
    """

    name: str
    url: str


def find_remote(git: Git, name: str = "origin") -> Remote:
    """Find a remote by its name.

    Raises:
        BadInput: there is none of this name.
    """
    try:
        return Remote(name, git.line("remote", "get-url", "--push", name))
    except GitError as error:
        raise BadInput(
            f"{git.folder} has no remote {name!r}", "add one, or name another remote"
        ) from error


def default_branch(git: Git, remote: Remote) -> str:
    """Ask a remote for its default branch, empty when it does not say."""
    said = git.run("ls-remote", "--symref", "--end-of-options", remote.name, "HEAD").decode()
    for row in said.splitlines():
        if row.startswith("ref: refs/heads/"):
            return row.removeprefix("ref: refs/heads/").partition("\t")[0]
    return ""


def tips(git: Git, remote: Remote, branches: Sequence[str]) -> dict[str, str]:
    """Ask a remote for the commits at the tips of branches; those that are missing are left out."""
    wanted = [f"refs/heads/{branch}" for branch in branches]
    said = git.run("ls-remote", "--end-of-options", remote.name, *wanted).decode()
    found: dict[str, str] = {}
    for row in said.splitlines():
        commit, _, name = row.partition("\t")
        if name in wanted:
            found[name.removeprefix("refs/heads/")] = commit
    return found


def list_branches(git: Git, remote: Remote, prefix: str) -> dict[str, str]:
    """Ask a remote for its branches with a prefix: the commits at their tips by name."""
    said = git.run("ls-remote", "--end-of-options", remote.name, f"refs/heads/{prefix}*").decode()
    rows = (row.partition("\t") for row in said.splitlines())
    return {name.removeprefix("refs/heads/"): commit for commit, _, name in rows}


def fetch(git: Git, remote: Remote, branch: str) -> str:
    """Fetch a branch without touching any branch here; give the commit at its tip.

    Raises:
        BadInput: the remote has no such branch.
    """
    here = f"refs/bedplate/{branch}"
    depth = [f"--depth={_SHALLOW_DEPTH}"] if _is_shallow(git) else []
    try:
        git.run(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            *depth,
            "--end-of-options",
            remote.name,
            f"+refs/heads/{branch}:{here}",
        )
    except GitError as error:
        if "couldn't find remote ref" in error.message:
            raise BadInput(f"the remote has no branch {branch!r}") from error
        raise
    return git.line("rev-parse", here)


def fetch_if_there(git: Git, remote: Remote, branch: str) -> str:
    """Fetch a branch as `fetch` does; empty when the remote has no such branch."""
    try:
        return fetch(git, remote, branch)
    except BadInput:
        return ""


def push(git: Git, remote: Remote, commit: str, branch: str, expected: str) -> None:
    """Make a branch of the remote point to a commit, if it still points to another.

    Hooks before a push do not run: they would look at a working tree that is not what is pushed.

    Args:
        git: the repository.
        remote: where to.
        commit: hash; empty to delete the branch.
        branch: its name.
        expected: hash of the commit that it points to now; empty when there must be no branch.

    Raises:
        BranchMoved: it points elsewhere.
        Unauthorized: the login may not push, or the branch is protected.
    """
    name = f"refs/heads/{branch}"
    git.run(
        "push",
        "--quiet",
        "--porcelain",
        "--no-verify",
        "--no-follow-tags",
        f"--force-with-lease={name}:{expected}",
        "--end-of-options",
        remote.name,
        f"{commit}:{name}",
    )


def clone(git: Git, url: str, folder: Path, branch: str = "", depth: int = 1) -> None:
    """Clone one branch, without its working tree.

    Args:
        git: runs the command; its folder is any that exists.
        url: address without a login.
        folder: of the new repository.
        branch: its name; empty for the default branch.
        depth: commits of history.
    """
    which = ["--branch", branch] if branch else []
    git.run(
        "clone",
        "--quiet",
        "--no-checkout",
        "--no-tags",
        "--single-branch",
        f"--depth={depth}",
        *which,
        "--end-of-options",
        url,
        str(folder),
    )


def _is_shallow(git: Git) -> bool:
    return git.line("rev-parse", "--is-shallow-repository") == "true"
