"""Which packages of an install command have no version, for each package manager.

What counts as a version, and which flags take the next word, are as hadolint 2.15 has them:
the rule built on this is to agree with its codes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting import package_commands as managers

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.linting.command import Command, Word

_APT_VALUES = frozenset({"t", "target-release"})
_APK_VALUES = frozenset({"t", "virtual", "repository", "X"})
_NPM_VALUES = frozenset({"loglevel", "registry"})
_PIP_VALUES = frozenset(
    [
        "abi",
        "b",
        "build",
        "e",
        "editable",
        "extra-index-url",
        "f",
        "find-links",
        "i",
        "implementation",
        "index-url",
        "no-binary",
        "only-binary",
        "platform",
        "prefix",
        "progress-bar",
        "proxy",
        "python",
        "python-version",
        "root",
        "root-user-action",
        "src",
        "t",
        "target",
        "trusted-host",
        "upgrade-strategy",
    ]
)
_VERSIONED = re.compile(r"[=<>!~]=|===|<|>")
_RPM_VERSION = re.compile(r".*-[0-9][\w.:~^+-]*\Z")
_TRAILING_VARIABLE = re.compile(r".+-\$(?:\{(\w+)\}|(\w+))\Z")
_VCS = re.compile(r"(?:git|hg|svn|bzr)\+")
_GIT_URL = ("git://", "git+ssh://", "git+http://", "git+https://")
_NPM_LOCAL = ("/", "./", "../", "~/")
_NPM_ARCHIVES = (".tgz", ".tar", ".tar.gz")


def unpinned(command: Command, knows: Callable[[str], bool]) -> tuple[str, list[Word]]:
    """Find the packages that a command installs without a version.

    Args:
        command: of a RUN.
        knows: whether ARG or ENV declare a variable of that name.

    Returns:
        the code under which hadolint reports them, and the packages; empty when the command
        installs nothing.
    """
    name = command.name
    if name in _READERS:
        code, reader = _READERS[name]
        return code, reader(command, knows)
    if name == "pipx" or managers.is_pip(command):
        return "DL3013", _pip(command)
    return "", []


def _apt(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    if "install" not in command.args:
        return []
    return [
        word
        for word in command.operands(values_of=_APT_VALUES)
        if word.text != "install" and not re.search(r"[=/]|\.deb\Z", word.text)
    ]


def _apk(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    if "add" not in command.args:
        return []
    return [
        word
        for word in command.operands(values_of=_APK_VALUES)
        if word.text != "add" and not re.search(r"[=~<>]|\.apk\Z", word.text)
    ]


def _pip(command: Command) -> list[Word]:
    flags = command.flags
    whole = {"-r", "--requirement"}.intersection(command.args)
    short = any(text[:2] == "-r" for text in command.args)
    if "install" not in command.args or whole or short or flags & {"c", "constraint"}:
        return []
    words = command.operands(values_of=_PIP_VALUES)
    names = [word.text for word in words]
    if "." in command.args:
        return []
    return [word for word in words[names.index("install") + 1 :] if not _pip_pinned(word.text)]


def _pip_pinned(text: str) -> bool:
    if "@" in text:
        return len(text) > 1
    if _VCS.match(text):
        return False
    return bool("/" in text or text.endswith((".whl", ".tar.gz")) or _VERSIONED.search(text))


def _npm(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    words = command.operands(values_of=_NPM_VALUES)
    names = [word.text for word in words]
    if "install" not in names:
        return []
    return [word for word in words[names.index("install") + 1 :] if not _npm_pinned(word.text)]


def _npm_pinned(text: str) -> bool:
    if text.startswith(_GIT_URL):
        return "#" in text
    return "@" in text[1:] or text.startswith(_NPM_LOCAL) or text.endswith(_NPM_ARCHIVES)


def _gem(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    args = command.args
    if "install" not in args and "i" not in args:
        return []
    if {"-v", "--version"}.intersection(args) or any(a.startswith("--version=") for a in args):
        return []
    found: list[Word] = []
    skip = False
    for word in command.words:
        if word.text == "--":
            break
        if word.text[:1] == "-":
            skip = "=" not in word.text
        elif skip:
            skip = False
        elif word.text not in ("install", "i") and ":" not in word.text:
            found.append(word)
    return found


def _rpm(command: Command, knows: Callable[[str], bool]) -> list[Word]:
    if "install" not in command.args:
        return []
    words = [word for word in command.operands() if word.text not in ("install", "module")]
    if "module" in command.args:
        return [word for word in words if ":" not in word.text]
    return [word for word in words if not _rpm_pinned(word, knows)]


def _rpm_pinned(word: Word, knows: Callable[[str], bool]) -> bool:
    if _RPM_VERSION.match(word.text):
        return True
    variable = None if word.literal else _TRAILING_VARIABLE.match(word.text)
    return variable is not None and knows(variable.group(1) or variable.group(2))


def _zypper(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    if not {"install", "in"}.intersection(command.args):
        return []
    return [
        word
        for word in command.operands()
        if word.text not in ("install", "in") and not re.search(r"[=<>]|\.rpm\Z", word.text)
    ]


def _go(command: Command, _knows: Callable[[str], bool]) -> list[Word]:
    words = command.operands()
    position = next((n for n, w in enumerate(words) if w.text in ("install", "get", "run")), -1)
    if position < 0:
        return []
    packages = words[position + 1 :]
    if words[position].text == "run":
        packages = packages[:1]  # what follows are arguments of the program
    return [word for word in packages if not _go_pinned(word.text)]


def _go_pinned(text: str) -> bool:
    name, at, version = text.partition("@")
    if at:
        return version not in ("latest", "none", "")
    return name.startswith((".", "/"))


_READERS: dict[str, tuple[str, Callable[[Command, Callable[[str], bool]], list[Word]]]] = {
    "apt-get": ("DL3008", _apt),
    "npm": ("DL3016", _npm),
    "apk": ("DL3018", _apk),
    "gem": ("DL3028", _gem),
    "yum": ("DL3033", _rpm),
    "zypper": ("DL3037", _zypper),
    "dnf": ("DL3041", _rpm),
    "microdnf": ("DL3041", _rpm),
    "go": ("DL3062", _go),
}
