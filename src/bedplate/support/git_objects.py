"""Commits made of bytes: no working tree, no filters, no change of line ends, no hooks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, GitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedplate.support.git import Git

TRAILER = "Bedplate-State"
_FILE_MODES = frozenset({"100644", "100755"})
_MAX_FILES = 1_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who commits."""

    name: str = "bedplate"
    email: str = "noreply@bedplate.invalid"

    def variables(self) -> dict[str, str]:
        """Give the variables by which git knows."""
        return {
            "GIT_AUTHOR_NAME": self.name,
            "GIT_AUTHOR_EMAIL": self.email,
            "GIT_COMMITTER_NAME": self.name,
            "GIT_COMMITTER_EMAIL": self.email,
        }


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a commit.

    Args:
        mode: `100644`, `100755`, or that of a link or a submodule.
        blob: hash of its content.
    """

    mode: str
    blob: str


@dataclass(frozen=True, slots=True)
class Committed:
    """A new commit.

    Args:
        commit: its hash.
        unsigned: why it is not signed although the user's settings ask for it.
    """

    commit: str
    unsigned: str = ""


def resolve(git: Git, name: str) -> str:
    """Give the hash of the commit that a name stands for (`HEAD`, a branch, a hash).

    Raises:
        BadInput: there is no such commit.
    """
    try:
        return git.line(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    except GitError as error:
        raise BadInput(f"there is no commit {name[:100]!r}") from error


def list_files(git: Git, commit: str, paths: Sequence[str] = ()) -> dict[str, HeldFile]:
    """List the files of a commit by path, all of them or those of some paths."""
    listing = git.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    found: dict[str, HeldFile] = {}
    for row in listing.split(b"\0")[:_MAX_FILES]:
        facts, _, path = row.partition(b"\t")
        if path:
            mode, _, blob = facts.decode().split(" ")
            found[path.decode(errors="surrogateescape")] = HeldFile(mode, blob)
    return found


def read_blob(git: Git, blob: str) -> bytes:
    """Give the content of a file, as it is in the commit."""
    return git.run("cat-file", "blob", blob)


def commit_tree(git: Git, parent: str, tree: str, message: str, identity: Identity) -> Committed:
    """Make a commit; no branch points to it yet.

    It is signed when the user's settings ask for it (`commit.gpgSign`) and the key needs no
    question; otherwise it says why not. Hooks do not run: they would look at a working tree that
    has nothing to do with this commit.

    Args:
        git: the repository.
        parent: hash of a commit.
        tree: hash of a tree, as `write_tree` gives it.
        message: of the commit.
        identity: author and committer.
    """
    text = f"{message.rstrip()}\n\n{trailer(parent, tree)}\n".encode()

    def commit(*options: str) -> str:
        arguments = ("commit-tree", "-p", parent, *options, "-F", "-", tree)
        said = git.run(*arguments, question=text, variables=identity.variables())
        return said.decode().strip()

    if not wants_signatures(git):
        return Committed(commit())
    try:
        return Committed(commit("-S"))
    except GitError as error:
        return Committed(commit(), error.message)


def wants_signatures(git: Git) -> bool:
    """Tell whether the user's settings ask for signed commits."""
    return git.setting("commit.gpgSign").lower() in ("true", "yes", "on", "1")


def write_tree(git: Git, parent: str, files: Mapping[str, bytes]) -> str:
    """Write the tree of a commit in which some files have other bytes; give its hash.

    Args:
        git: the repository.
        parent: hash of the commit.
        files: content by path, as `list_files` names it; new files are not executable.

    Raises:
        BadInput: a path that is no plain file in the commit, or can't be one.
    """
    for path in files:
        if any(part in ("", ".", "..") or part.lower() == ".git" for part in path.split("/")):
            raise BadInput(f"{path[:200]!r} is not the path of a file in a repository")
    there = list_files(git, parent, tuple(files)) if files else {}
    _refuse_detours(git, parent, files, there)
    rows = bytearray()
    for path, content in files.items():
        blob = git.run("hash-object", "-w", "--stdin", question=content).decode().strip()
        mode = there[path].mode if path in there else "100644"
        rows += f"{mode} {blob}\t{path}".encode(errors="surrogateescape") + b"\0"
    with tempfile.TemporaryDirectory(prefix="bedplate-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git.run("read-tree", parent, variables=index)
        git.run("update-index", "-z", "--index-info", question=bytes(rows), variables=index)
        return git.run("write-tree", variables=index).decode().strip()


def _refuse_detours(
    git: Git, parent: str, paths: Iterable[str], there: Mapping[str, HeldFile]
) -> None:
    """Refuse links, submodules and folders, and paths that go through a file or a link."""
    above: set[str] = set()
    for path in paths:
        held = there.get(path)
        folder = any(name.startswith(f"{path}/") for name in there)
        if folder or (held is not None and held.mode not in _FILE_MODES):
            raise BadInput(f"{path} is not a plain file in the repository")
        if held is None:
            parts = path.split("/")
            above.update("/".join(parts[:count]) for count in range(1, len(parts)))
    found = list_files(git, parent, tuple(above)) if above else {}
    for name in above & found.keys():
        raise BadInput(f"{name} is not a folder in the repository")


def trailer(parent: str, tree: str) -> str:
    """Give the last line of our commits: whoever changes the commit makes it untrue."""
    return f"{TRAILER}: {parent} {tree}"


def is_ours(git: Git, commit: str) -> bool:
    """Tell whether a commit is one that we made, and nobody has changed since."""
    said = git.line("show", "-s", "--format=%P%x00%T%x00%B", commit)
    parents, tree, message = said.split("\0", 2)
    return trailer(parents, tree) in message.splitlines()
