"""Working trees: one to look into for a moment, and commits in that of the user."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import GitError
from bedplate.support.git_objects import Committed, resolve, wants_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.support.git import Git

_NO_SIGNATURE = "failed to sign"


@contextlib.contextmanager
def worktree(git: Git, commit: str) -> Iterator[Path]:
    """Check a commit out into a folder of its own, with the line ends that it has in git.

    The folder is gone afterwards; nothing else of the repository changes. Hooks do not run. A
    symbolic link is a file that holds its target: a stranger's could lead out of the folder.
    """
    with tempfile.TemporaryDirectory(prefix="bedplate-") as folder:
        place = Path(folder) / "tree"
        git.run(
            *("-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null"),
            *("-c", "core.symlinks=false"),
            *("worktree", "add", "--quiet", "--detach", str(place), commit),
            variables={"GIT_LFS_SKIP_SMUDGE": "1"},  # large files are of no interest here
        )
        try:
            yield place
        finally:
            with contextlib.suppress(GitError):
                git.run("worktree", "remove", "--force", str(place))


def top_folder(git: Git) -> Path:
    """Give the folder of the working tree.

    Raises:
        BadInput: the folder is in no repository.
        GitError: the repository is bare.
    """
    return Path(git.line("rev-parse", "--show-toplevel"))


def current_branch(git: Git) -> str:
    """Give the branch that is checked out, empty when HEAD is detached."""
    return git.line("branch", "--show-current")


def changed_paths(git: Git, paths: Sequence[str] = ()) -> tuple[str, ...]:
    """List the files of the working tree that differ from HEAD, below some paths or everywhere."""
    said = git.run("status", "--porcelain=v1", "-z", "--no-renames", "--", *paths)
    return tuple(
        row[3:].decode(errors="surrogateescape") for row in said.split(b"\0") if len(row) > 3
    )


def commit_paths(git: Git, paths: Sequence[str], message: str) -> Committed:
    """Commit some files of the user's working tree, and nothing else.

    This is the user's own commit: their name, their hooks, their line ends, and their signature,
    unless the key would ask for something.

    Raises:
        GitError: a hook refuses, or nothing has changed.
    """
    # files that are new to git must be known before they can be named
    git.run("add", "--intent-to-add", "--", *paths)
    command = ("commit", "--quiet", "--only", "-F", "-")
    try:
        git.run(*command, "--", *paths, question=message.encode())
        unsigned = ""
    except GitError as error:
        if not wants_signatures(git) or _NO_SIGNATURE not in error.message:
            raise
        git.run(*command, "--no-gpg-sign", "--", *paths, question=message.encode())
        unsigned = error.message
    return Committed(resolve(git, "HEAD"), unsigned)
