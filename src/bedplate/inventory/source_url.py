"""Where a package that is not from a registry comes from, as purl qualifiers."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

# Shorthands of npm, yarn, pnpm and bun: npm-package-arg, "hosted git".
_HOSTS = {
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "bitbucket": "https://bitbucket.org/",
    "gist": "https://gist.github.com/",
}


def without_credentials(url: str) -> str:
    """Drop user and password of a URL, but not the plain `git@` of SSH."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc or parts.netloc.startswith("git@"):
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:  # a broken IPv6 host; nothing in it to show
        return ""


def git_source(url: str, revision: str = "") -> dict[str, str]:
    """Give the `vcs_url` qualifier of a package from git.

    Args:
        url: of the repository, with or without `git+`.
        revision: commit, may be empty.

    Source: package-url specification, "Known purl qualifiers"; SPDX 2.3, 7.7.
    """
    bare = without_credentials(url.removeprefix("git+"))
    if not bare:
        return {}
    prefix = "" if bare.startswith("git:") else "git+"
    return {"vcs_url": f"{prefix}{bare}@{revision}" if revision else f"{prefix}{bare}"}


def source_of(specifier: str) -> dict[str, str]:
    """Read the reference of a JavaScript package that is not from a registry.

    Args:
        specifier: `git+ssh://host/owner/name.git#commit`, `github:owner/name#commit`, or the
            URL of a tarball.

    Returns:
        `vcs_url` or `download_url`; empty for local files and what is none of these.
    """
    address, _, revision = specifier.partition("#")
    scheme, _, rest = address.partition(":")
    if scheme in _HOSTS:
        return git_source(_HOSTS[scheme] + rest, revision.removeprefix("commit="))
    if scheme.startswith("git") or scheme == "ssh" or address.endswith(".git"):
        return git_source(address, revision.removeprefix("commit="))
    if scheme in {"http", "https"}:
        url = without_credentials(address)
        return {"download_url": url} if url else {}
    return {}
