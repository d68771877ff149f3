"""The environment that git runs in: it asks nobody, and a token is in it and nowhere else."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

# Variables of git that stay: how to reach hosts, who the user is, which settings are read. All
# others would point to another repository (inside a hook) or write traces that show logins.
_KEPT = ("GIT_SSH", "GIT_SSL_", "GIT_CONFIG_", "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_PROXY_")
_KEPT_WHOLE = frozenset({"GIT_EXEC_PATH", "GIT_TEMPLATE_DIR", "GIT_CEILING_DIRECTORIES"})
# by these a program could ask on a terminal or in a window
_DROPPED = frozenset({"SSH_ASKPASS", "GPG_TTY", "DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE"})
_SET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",  # reading must not get in the way of the user's own commands
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
_SETTINGS = (
    ("core.askPass", ""),
    ("core.fsmonitor", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("push.recurseSubmodules", "no"),
    ("submodule.recurse", "false"),
)


@dataclass(frozen=True, slots=True)
class GitLogin:
    """A login that git shows to one host over https.

    Args:
        origin: `scheme://host[:port]`; no other host sees it.
        user: user name that goes with the token.
        secret: the token or password.
    """

    origin: str
    user: str
    secret: str = field(repr=False)

    @property
    def header(self) -> str:
        """The header that bears it."""
        pair = base64.b64encode(f"{self.user}:{self.secret}".encode()).decode()
        return f"Authorization: Basic {pair}"

    def scrub(self, text: str) -> str:
        """Take the login out of a text."""
        encoded = self.header.rpartition(" ")[2]
        return text.replace(self.secret, "***").replace(encoded, "***")


def login_for(url: str, user: str, secret: str) -> GitLogin | None:
    """Make the login for the host of a remote, None when git reaches it in another way than http.

    Args:
        url: address of the remote; a login in it is dropped.
        user: user name that goes with the token.
        secret: the token.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return GitLogin(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", user, secret)


def git_environment(environment: Mapping[str, str], login: GitLogin | None) -> dict[str, str]:
    """Make the environment of a git command.

    Args:
        environment: that of the user.
        login: shown to its host; it is handed over as configuration in variables, so that it is
            neither an argument, nor in an address, nor in a file. None for commands that stay here.

    Source: git, "ENVIRONMENT VARIABLES"; git-config, "GIT_CONFIG_COUNT" and "http.extraHeader".
    """
    kept = {name: value for name, value in environment.items() if _stays(name)}
    settings = list(_SETTINGS)
    if login is not None:
        header = f"http.{login.origin}/.extraHeader"
        # an empty value takes away what was set before: a helper that would keep the token, and
        # the header that a CI system may have written, as two logins are refused
        settings += [("credential.helper", ""), (header, ""), (header, login.header)]
        settings += [("core.hooksPath", "/dev/null")]  # a hook would see the environment
    count = int(kept.get("GIT_CONFIG_COUNT", "0")) if _counts(kept) else 0
    for number, (name, value) in enumerate(settings, count):
        kept[f"GIT_CONFIG_KEY_{number}"] = name
        kept[f"GIT_CONFIG_VALUE_{number}"] = value
    return {**kept, **_SET, "GIT_CONFIG_COUNT": str(count + len(settings))}


def _counts(environment: Mapping[str, str]) -> bool:
    return environment.get("GIT_CONFIG_COUNT", "").isdecimal()


def _stays(name: str) -> bool:
    if name.startswith("GIT_"):
        return name.startswith(_KEPT) or name in _KEPT_WHOLE
    return name not in _DROPPED
