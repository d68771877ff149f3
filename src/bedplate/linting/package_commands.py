"""Facts about package managers: their names, the words that install, what their caches are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.linting.command import Command

APT_GET = frozenset({"apt-get"})
APT_FAMILY = frozenset({"apt-get", "apt", "aptitude"})
APK = frozenset({"apk"})
YUM = frozenset({"yum"})
DNF = frozenset({"dnf", "microdnf"})
ZYPPER = frozenset({"zypper"})
NPM = frozenset({"npm"})
YARN = frozenset({"yarn"})
GEM = frozenset({"gem"})
GO = frozenset({"go"})

_PIP = re.compile(r"pip[0-9.-]*\Z")
_PYTHON = re.compile(r"python[0-9.-]*\Z")


def runs(command: Command, names: frozenset[str], *words: str) -> bool:
    """Tell whether a command is one of the names with one of the words among its arguments."""
    return command.name in names and any(word in command.args for word in words)


def is_pip(command: Command) -> bool:
    """Tell whether a command is pip, also as a module of Python."""
    if _PIP.match(command.name):
        return True
    return bool(_PYTHON.match(command.name)) and command.args[:2] == ["-m", "pip"]


def is_pip_install(command: Command) -> bool:
    """Tell whether a command is `pip install`."""
    return "install" in command.args and is_pip(command)


def apt_get_installs(commands: list[Command]) -> list[Command]:
    """Give the `apt-get install` among commands."""
    return [command for command in commands if runs(command, APT_GET, "install")]


def has_cleaning(commands: list[Command], after: int, names: frozenset[str], *words: str) -> bool:
    """Tell whether one of the words follows a command, said to one of the package managers.

    Args:
        commands: of one RUN.
        after: position of the command.
        names: the package manager.
        words: what cleans its cache, as `clean`.
    """
    return any(runs(command, names, *words) for command in commands[after + 1 :])


def removed_paths(commands: list[Command]) -> list[str]:
    """Give what `rm` deletes."""
    return [
        word.text for command in commands if command.name == "rm" for word in command.operands()
    ]


def says_remove(commands: list[Command], path: str = "") -> bool:
    """Tell whether hadolint would believe that a cache is deleted: `rm -rf`, or this path."""
    return any(
        command.name == "rm" and ("-rf" in command.args or path in command.args)
        for command in commands
    )


def covers(paths: list[str], folder: str) -> bool:
    """Tell whether deleting the paths empties a folder, or a part of it."""
    for path in paths:
        bare = path.rstrip("*").rstrip("/")
        if not bare or f"{folder}/".startswith(f"{bare}/") or bare.startswith(f"{folder}/"):
            return True
    return False
