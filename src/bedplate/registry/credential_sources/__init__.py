"""The places that logins are kept in; the first that has one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.registry.credential_sources import docker_config, podman_auth

if TYPE_CHECKING:
    from bedplate.registry.credential_source import CredentialSource

CREDENTIAL_SOURCES: tuple[CredentialSource, ...] = (podman_auth, docker_config)
