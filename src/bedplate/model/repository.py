"""A repository on a forge: where change requests are opened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of source code on a forge.

    Args:
        forge: name of the entry in `forges.known`: `github`, `gitlab`, `gitea`.
        host: `host[:port]` of its pages, as remotes name it.
        owner: user, organisation or group; GitLab's nested groups with `/` between them.
        name: the last part of its path.
        api_url: address of the forge's API, without a final `/`.
        default_branch: empty when the forge was not asked.
        clone_url: https address to clone it from, without a login; may be empty.
        archived: takes no changes.
        fork: is a fork of another one.
    """

    forge: str
    host: str
    owner: str
    name: str
    api_url: str
    default_branch: str = ""
    clone_url: str = ""
    archived: bool = False
    fork: bool = False

    @property
    def path(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"
