"""Working trees for a moment, and the user's own commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, GitError
from bedplate.support.git import Git
from bedplate.support.git_objects import resolve
from bedplate.support.git_worktree import (
    changed_paths,
    commit_paths,
    current_branch,
    top_folder,
    worktree,
)

if TYPE_CHECKING:
    from tests.unit.support.git.conftest import Yard


def test_a_tree_is_there_for_a_moment_with_its_own_line_ends(yard: Yard, git: Git) -> None:
    yard.git(yard.ours, "config", "core.autocrlf", "true")
    hook = yard.ours / ".git/hooks/post-checkout"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with worktree(git, "HEAD") as folder:
        assert (folder / "Dockerfile").read_bytes() == b"FROM node:20.10\r\nRUN npm ci\n"
        (folder / "Dockerfile").write_bytes(b"changed")
    assert not folder.exists()
    assert yard.git(yard.ours, "worktree", "list").count("\n") == 0
    assert (yard.ours / "Dockerfile").read_bytes() != b"changed"


def test_a_link_leads_nowhere(yard: Yard, git: Git) -> None:
    (yard.ours / "bedplate.toml").symlink_to("/etc/hostname")
    yard.git(yard.ours, "add", "bedplate.toml")
    yard.git(yard.ours, "commit", "--quiet", "-m", "link")
    with worktree(git, "HEAD") as folder:
        assert not (folder / "bedplate.toml").is_symlink()
        assert (folder / "bedplate.toml").read_text() == "/etc/hostname"


def test_a_commit_takes_only_the_paths_that_were_named(yard: Yard, git: Git) -> None:
    (yard.ours / "Dockerfile").write_bytes(b"FROM node:22\n")
    (yard.ours / "readme.txt").write_bytes(b"work in progress\n")
    (yard.ours / "bedplate.lock").write_bytes(b"{}\n")
    yard.git(yard.ours, "add", "readme.txt")
    done = commit_paths(git, ("Dockerfile", "bedplate.lock"), "Update node")
    names = yard.git(yard.ours, "show", "--format=%an %s", "--name-only", done.commit)
    assert names.splitlines() == ["Ann Update node", "", "Dockerfile", "bedplate.lock"]
    assert changed_paths(git) == ("readme.txt",)


def test_a_commit_keeps_the_line_ends_of_the_repository(yard: Yard, git: Git) -> None:
    yard.git(yard.ours, "config", "core.autocrlf", "true")
    (yard.ours / "readme.txt").write_bytes(b"one\r\ntwo\r\n")
    done = commit_paths(git, ("readme.txt",), "Two")
    assert git.run("cat-file", "blob", f"{done.commit}:readme.txt") == b"one\ntwo\n"


def test_hooks_of_the_user_have_their_say(yard: Yard, git: Git) -> None:
    hook = yard.ours / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho 'no commits today' >&2\nexit 1\n")
    hook.chmod(0o755)
    (yard.ours / "Dockerfile").write_bytes(b"FROM node:22\n")
    with pytest.raises(GitError, match="no commits today"):
        commit_paths(git, ("Dockerfile",), "Update node")
    assert resolve(git, "HEAD") == yard.tip("main")


def test_a_key_that_would_ask_leaves_the_commit_unsigned(yard: Yard, git: Git) -> None:
    yard.git(yard.ours, "config", "commit.gpgSign", "true")
    yard.git(yard.ours, "config", "gpg.program", "/bin/false")
    (yard.ours / "Dockerfile").write_bytes(b"FROM node:22\n")
    done = commit_paths(git, ("Dockerfile",), "Update node")
    assert "failed to sign" in done.unsigned
    assert yard.git(yard.ours, "log", "-1", "--format=%s") == "Update node"


def test_where_we_are(yard: Yard, git: Git) -> None:
    (yard.ours / "sub").mkdir()
    inside = Git(yard.ours / "sub", yard.environment)
    assert top_folder(inside) == yard.ours
    assert current_branch(inside) == "main"
    yard.git(yard.ours, "checkout", "-q", "--detach")
    assert current_branch(inside) == ""
    with pytest.raises(BadInput, match="no commit"):
        resolve(git, "--help")
