"""The contract of an entry on the shelf `credential_sources/`: a module with these names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Credential:
    """A login that is bound to the registry that it was found for.

    Either user name and password, or an identity token (OAuth2 refresh token).
    """

    username: str = ""
    password: str = field(default="", repr=False)
    identity_token: str = field(default="", repr=False)
    source: str = ""


@dataclass(frozen=True, slots=True)
class CredentialPlaces:
    """Where logins may be, made by the door from the environment."""

    docker_config: Path | None = None
    podman_auth_files: tuple[Path, ...] = ()
    helper_path: str = ""


class CredentialSource(Protocol):
    """A kind of place that holds logins."""

    NAME: str

    def find(self, registry: str, repository: str, places: CredentialPlaces) -> Credential | None:
        """Give the login for this registry (and repository, most specific first), or None.

        Raises:
            InvalidConfiguration: a file that can't be read; names file and field.
        """
        ...
