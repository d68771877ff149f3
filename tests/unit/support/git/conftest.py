"""A real bare remote, a clone of it, and a second clone for a person who works at the same time."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from bedplate.support.git import Git
from bedplate.support.git_publishing import Branch
from bedplate.support.git_remote import find_remote

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.support.git_remote import Remote

NAME = "bedplate/node"
DOCKERFILE = b"FROM node:20.10\r\nRUN npm ci\n"  # one line ends as on Windows, the other does not
NEWER = b"FROM node:20.11\r\nRUN npm ci\n"


class Yard:
    """A folder with a remote and its clones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bare, self.person, self.ours = (
            folder / "srv/acme/shop.git",
            folder / "ann",
            folder / "ours",
        )
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def build(self) -> None:
        """Make the remote with one commit, and its clones."""
        (self.folder / "home").mkdir()
        self.bare.mkdir(parents=True)
        self.git(self.bare, "init", "-q", "--bare", "-b", "main")
        self.git(self.bare, "config", "http.receivepack", "true")
        self.clone("ann")
        self.write("Dockerfile", DOCKERFILE)
        self.write("readme.txt", b"one\n")
        self.commit("first")
        self.git(self.person, "push", "-q", "origin", "HEAD:main")
        self.clone("ours")

    def settle(self) -> None:
        """Let the clones of a copied yard know where their remote is now."""
        for place in (self.person, self.ours):
            self.git(place, "remote", "set-url", "origin", f"file://{self.bare}")

    def git(self, where: Path, *arguments: str) -> str:
        """Run git as a person would."""
        done = subprocess.run(
            ["git", "-C", where, *arguments],
            env=self.environment,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def clone(self, name: str, *options: str) -> Path:
        place = self.folder / name
        self.git(self.folder, "clone", "-q", *options, f"file://{self.bare}", str(place))
        self.git(place, "config", "user.name", "Ann")
        self.git(place, "config", "user.email", "ann@example.org")
        return place

    def write(self, path: str, content: bytes) -> None:
        """Write a file into the person's clone."""
        (self.person / path).write_bytes(content)

    def commit(self, message: str) -> None:
        self.git(self.person, "add", "-A")
        self.git(self.person, "commit", "-q", "-m", message)

    def push_base(self, path: str, content: bytes) -> str:
        """Let the person push a change to main; give the new commit."""
        self.git(self.person, "fetch", "-q")
        self.git(self.person, "checkout", "-q", "-B", "main", "origin/main")
        self.write(path, content)
        self.commit(f"change {path}")
        self.git(self.person, "push", "-q", "origin", "main")
        return self.git(self.person, "rev-parse", "HEAD")

    def lengthen_base(self, count: int) -> None:
        """Put many empty commits on main of the remote."""
        commit = "commit refs/heads/main\ncommitter Ann <ann@example.org> 1700000000 +0000\n"
        first = f"{commit}data 1\nx\nfrom refs/heads/main^0\n"
        stream = first + f"{commit}data 1\nx\n" * (count - 1)
        subprocess.run(
            ["git", "-C", self.bare, "fast-import", "--quiet"],
            env=self.environment,
            input=stream.encode(),
            check=True,
        )

    def push_branch(self, path: str, content: bytes) -> str:
        """Let the person push a commit on top of our branch; give it."""
        self.git(self.person, "fetch", "-q")
        self.git(self.person, "checkout", "-q", "-B", NAME, f"origin/{NAME}")
        self.write(path, content)
        self.commit("mine")
        self.git(self.person, "push", "-q", "origin", NAME)
        return self.git(self.person, "rev-parse", "HEAD")

    def tip(self, branch: str = NAME) -> str:
        """Give the tip of a branch of the remote, empty when there is none."""
        return self.git(self.bare, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def content(self, path: str = "Dockerfile", branch: str = NAME) -> bytes:
        return subprocess.run(
            ["git", "-C", self.bare, "cat-file", "blob", f"{branch}:{path}"],
            env=self.environment,
            capture_output=True,
            check=True,
        ).stdout


@pytest.fixture(scope="session")
def built_yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a yard once: each test gets a copy."""
    folder = tmp_path_factory.mktemp("yard") / "built"
    folder.mkdir()
    Yard(folder).build()
    return folder


@pytest.fixture
def yard(built_yard: Path, tmp_path: Path) -> Yard:
    folder = tmp_path / "yard"
    shutil.copytree(built_yard, folder, symlinks=True)
    yard = Yard(folder)
    yard.settle()
    return yard


@pytest.fixture
def git(yard: Yard) -> Git:
    return Git(yard.ours, yard.environment)


@pytest.fixture
def remote(git: Git) -> Remote:
    return find_remote(git)


@pytest.fixture
def wanted(yard: Yard) -> Branch:
    return Branch(NAME, yard.tip("main"), {"Dockerfile": NEWER}, "Update node to 20.11")
