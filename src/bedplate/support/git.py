"""The git command: bounded, without prompts, its complaints as our errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, BranchMoved, GitError, LimitExceeded, Unauthorized
from bedplate.support.bounded_process import Bounds, run_bounded
from bedplate.support.git_environment import git_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bedplate.errors import BedplateError
    from bedplate.support.git_environment import GitLogin

_NETWORK = frozenset({"fetch", "push", "ls-remote", "clone"})
_SHOWN = 400  # characters of git's own words
_USER_INFO = re.compile(r"://[^/@\s]*@")
_NO_LOGIN = re.compile(
    r"Authentication failed|could not read (Username|Password)|terminal prompts disabled"
    r"|Permission denied|returned error: 40[13]|Invalid username or",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\[rejected\]|stale info|fetch first|non-fast-forward|cannot lock ref|reference already exists"
)
_REFUSED = re.compile(r"\[remote rejected\]|hook declined|protected branch", re.IGNORECASE)
_NO_REPOSITORY = re.compile(r"not a git repository|cannot change to|dubious ownership")


class Git:
    """Runs git in one folder.

    Args:
        folder: of the repository, or one inside it.
        environment: that of the user.
        login: shown to its host by commands that speak with remotes; None leaves logins to git:
            its credential helpers, or the keys of ssh.
        bounds: of every command.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        login: GitLogin | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.folder = folder
        self._environment = environment
        self._login = login
        self._bounds = bounds or Bounds()

    def run(
        self,
        *arguments: str,
        question: bytes = b"",
        variables: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run a command; give what it writes.

        Args:
            arguments: the command's name and its arguments; never a secret.
            question: written to its standard input.
            variables: more of the environment.

        Raises:
            BadInput: the folder is in no repository, or there is no git.
            Unauthorized: the remote wants another login.
            BranchMoved: a branch on the remote is not what was expected.
            GitError: the command failed or takes too long.
            LimitExceeded: it writes more than it may.
        """
        login = self._login if arguments[0] in _NETWORK else None
        environment = {**git_environment(self._environment, login), **(variables or {})}
        try:
            done = run_bounded(
                ("git", "-C", str(self.folder), *arguments), environment, self._bounds, question
            )
        except OSError as error:
            raise BadInput(f"git can't be run: {error.strerror}", "install git") from error
        if done.late:
            raise GitError(f"git {arguments[0]} takes longer than {self._bounds.seconds:g} s")
        if done.long:
            raise LimitExceeded(f"git {arguments[0]} writes more than {self._bounds.output} bytes")
        if done.status != 0:
            said = f"{done.errors}\n{done.output[:4096].decode(errors='replace')}"
            raise self._error(arguments[0], said)
        return done.output

    def line(self, *arguments: str) -> str:
        """Run a command that writes one line; give it."""
        return self.run(*arguments).decode(errors="surrogateescape").strip("\n")

    def setting(self, name: str) -> str:
        """Give a setting of the user or the repository, empty when there is none."""
        try:
            return self.line("config", "--get", name)
        except GitError:
            return ""

    def _error(self, command: str, said: str) -> BedplateError:
        words = self._harmless(said)
        if _NO_REPOSITORY.search(said):
            return BadInput(f"{self.folder}: {words}", "name a folder inside a git repository")
        if command in _NETWORK and _NO_LOGIN.search(said):
            hint = "the token needs the right to write the contents of the repository"
            return Unauthorized(f"git {command}: the remote refuses the login: {words}", hint)
        if command == "push" and _MOVED.search(said):
            return BranchMoved(f"the branch on the remote has moved: {words}", "try again")
        if command == "push" and _REFUSED.search(said):
            hint = "let the token push to this branch, or take the protection off it"
            return Unauthorized(f"the remote refuses the push: {words}", hint)
        return GitError(f"git {command} failed: {words}")

    def _harmless(self, said: str) -> str:
        """Give git's words in one line, without any login."""
        text = _USER_INFO.sub("://", said).replace("remote: ", "")
        if self._login is not None:
            text = self._login.scrub(text)
        shown = "".join(char if char.isprintable() else " " for char in text)
        return " ".join(shown.split())[:_SHOWN]
