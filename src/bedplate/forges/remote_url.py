"""Addresses of git remotes: which host, which path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bedplate.errors import BadInput

_MAX_LENGTH = 2_000
_DEFAULT_PORTS = {"http": 80, "https": 443}
# git@host:owner/name, the short form of ssh; "git-clone", "GIT URLS"
_SHORT = re.compile(
    r"(?:[^@/\s]+@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^:/\s\[\]]{2,}):(?P<path>(?!//|:).+)"
)
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d+)?")
_SSH_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}


@dataclass(frozen=True, slots=True)
class RemoteUrl:
    """A remote that may be a forge.

    Args:
        scheme: that of the forge's pages: `https`, or `http` where the remote says so.
        host: `host[:port]` of the pages; the port of an ssh remote is not theirs.
        owner: all but the last part of the path.
        name: the last part, without `.git`.
    """

    scheme: str
    host: str
    owner: str
    name: str


def parse_remote(url: str) -> RemoteUrl:
    """Read the address of a remote, as `git remote get-url` gives it; a login in it is dropped.

    Raises:
        BadInput: not an address of a repository on a host: a folder, say.

    Source: git-clone, "GIT URLS".
    """
    scheme, host, path = _split(url.strip())
    parts = [part for part in path.strip("/").removesuffix(".git").split("/") if part]
    sound = all(part.isprintable() and part not in (".", "..") for part in parts)
    if len(parts) < 2 or _HOST.fullmatch(host) is None or not sound:
        raise BadInput(
            "the remote is not an address of a repository on a forge",
            "name a remote of the form https://HOST/OWNER/NAME or git@HOST:OWNER/NAME",
        )
    return RemoteUrl(scheme, host, "/".join(parts[:-1]), parts[-1])


def _split(url: str) -> tuple[str, str, str]:
    """Give scheme of the pages, host and path; an empty host when there is none."""
    nothing = ("", "", "")
    if len(url) > _MAX_LENGTH:
        return nothing
    if "://" not in url:
        short = _SHORT.fullmatch(url)
        return ("https", _pages_host(short["host"]), short["path"]) if short else nothing
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return nothing
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    path = unquote(parts.path)
    if parts.scheme in _DEFAULT_PORTS:
        plain = port in (None, _DEFAULT_PORTS[parts.scheme])
        return parts.scheme, name if plain else f"{name}:{port}", path
    if parts.scheme in ("ssh", "git+ssh", "ssh+git"):
        return "https", _pages_host(name), path
    return nothing


def _pages_host(host: str) -> str:
    host = host.lower()
    return _SSH_HOSTS.get(host, host)
