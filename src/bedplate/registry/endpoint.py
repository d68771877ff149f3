"""Where a repository is asked for: the registry itself or a mirror."""

from __future__ import annotations

from dataclasses import dataclass

from bedplate.model.reference import DOCKER_HUB
from bedplate.support.http_settings import is_loopback

_HUB_HOST = "registry-1.docker.io"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A repository at a registry, which need not be the one that the user named.

    Args:
        registry: `host[:port]`; logins are looked up for this name.
        repository: path there.
        insecure: take any certificate, and plain HTTP when there is no TLS.
        mirror: stands in for the registry that was named.
        actions: what a token is asked for: `pull`, or `pull,push`.
        mounted_from: another repository there, out of which a blob is mounted.
    """

    registry: str
    repository: str
    insecure: bool = False
    mirror: bool = False
    actions: str = "pull"
    mounted_from: str = ""

    @property
    def host(self) -> str:
        """`host[:port]` that requests go to."""
        return registry_host(self.registry)

    @property
    def scope(self) -> str:
        """What a token is asked for; several scopes are separated by blanks.

        Source: distribution, docs/spec/auth/scope.md.
        """
        own = f"repository:{self.repository}:{self.actions}"
        return f"{own} repository:{self.mounted_from}:pull" if self.mounted_from else own

    @property
    def schemes(self) -> tuple[str, ...]:
        """Schemes to try, in order; empty: https only.

        Docker tries TLS, then plain HTTP, on loopback too. There we try plain first: a server
        without TLS may wait for more of a TLS greeting for ever, while one with TLS refuses a
        plain request at once, and the first request holds no login.
        """
        if is_loopback(host_name(self.host)):
            return ("http", "https")
        return ("https", "http") if self.insecure else ()


def registry_host(registry: str) -> str:
    """Give the host that answers for a registry name; they differ for Docker Hub alone."""
    return _HUB_HOST if registry in (DOCKER_HUB, f"index.{DOCKER_HUB}") else registry


def host_name(host: str) -> str:
    """Take the port off `host[:port]`."""
    name, separator, port = host.rpartition(":")
    return name if separator and port.isdigit() and not name.endswith(":") else host
