"""A Docker or podman engine: how to reach it, and what it knows of its images.

Source: Docker Engine API.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from bedplate.errors import (
    ImageNotFound,
    InvalidConfiguration,
    InvalidDigest,
    InvalidReference,
    RegistryError,
    RegistryUnreachable,
)
from bedplate.model.reference import Reference
from bedplate.support.http_request import Request
from bedplate.support.http_settings import HttpSettings

if TYPE_CHECKING:
    from bedplate.support.http import HttpClient

DEFAULT_HOST = "unix:///var/run/docker.sock"
_MAX_ANSWER = 4 * 1024 * 1024
_PATIENCE = 30.0  # seconds of silence


def connect(host: str, patience: float = _PATIENCE) -> tuple[HttpClient, str]:
    """Make a client for `unix:///path` or `tcp://host:port`, and the base of its URLs.

    Args:
        host: as in DOCKER_HOST.
        patience: seconds of silence after which it counts as gone.

    Raises:
        InvalidConfiguration: not an address of an engine.
    """
    from bedplate.support.http import HttpClient  # noqa: PLC0415 - lazy: loads the HTTP stack

    parts = urlsplit(host)
    if parts.scheme == "unix" and parts.path:
        settings = HttpSettings(read_timeout=patience, retries=0, unix_socket=parts.path)
        return HttpClient(settings), "http://localhost"
    if parts.scheme in ("tcp", "http") and parts.netloc:
        return HttpClient(HttpSettings(read_timeout=patience, retries=0)), f"http://{parts.netloc}"
    raise InvalidConfiguration(
        f"{host!r} is not an engine's address", "set DOCKER_HOST to unix:///path or tcp://host:port"
    )


def repository_digest(reference: Reference, host: str = "") -> str:
    """Give the digest under which an engine pulled an image; empty when it has none.

    Args:
        reference: with its tag.
        host: the engine; empty for the usual one.

    Raises:
        ImageNotFound: the engine has no such image.
        RegistryUnreachable: no engine answers.
        RegistryError: it answers something else.

    Source: Docker Engine API, "Inspect an image", `RepoDigests`.
    """
    name = reference.familiar
    client, base = connect(host or DEFAULT_HOST)
    try:
        url = f"{base}/images/{quote(name, safe='/:@')}/json"
        with client.send(Request(url, kind="image")) as response:
            if response.status == 404:
                raise ImageNotFound(f"{name}: the engine has no such image", "pull it first")
            if response.status != 200:
                raise RegistryError(f"{name}: the engine answers status {response.status}")
            content = response.document(_MAX_ANSWER)
    except RegistryUnreachable as error:
        where = host or DEFAULT_HOST
        raise RegistryUnreachable(
            f"{name}: no engine answers at {where}", "start it, or set DOCKER_HOST"
        ) from error
    finally:
        client.close()
    return _digest_of(reference, content)


def _digest_of(reference: Reference, content: bytes) -> str:
    try:
        document: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RegistryError(f"{reference.familiar}: the engine does not answer JSON") from error
    listed = document.get("RepoDigests") if isinstance(document, dict) else None
    for text in listed if isinstance(listed, list) else ():
        try:
            known = Reference.parse(text) if isinstance(text, str) else None
        except (InvalidReference, InvalidDigest):
            continue
        if known is not None and known.name == reference.name and known.digest is not None:
            return str(known.digest)
    return ""
