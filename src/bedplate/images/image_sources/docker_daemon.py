"""`docker-daemon:REFERENCE`: an image in the store of a Docker or podman engine."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from bedplate.errors import (
    ImageNotFound,
    LimitExceeded,
    RegistryError,
    RegistryUnreachable,
    StorageError,
)
from bedplate.images.archive import open_docker_archive
from bedplate.images.engine import DEFAULT_HOST, connect
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.spooled_content import SpooledContent
from bedplate.model.reference import Reference
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content
    from bedplate.support.http import HttpClient
    from bedplate.support.http_response import Response

SCHEME = "docker-daemon"
_EXPORT_PATIENCE = 600.0  # seconds of silence while the engine puts an archive together
_IMAGE_ID = re.compile(r"(?:sha256:)?[0-9a-f]{64}")
_CHUNK = 1024 * 1024


def open(location: str, access: Access) -> Content:  # noqa: A001 - the contract's name
    """Export the image to a temporary archive, and open that; it is deleted when closed.

    Source: Docker Engine API, "Export an image".
    """
    name = f"{SCHEME}:{location}"
    # a name without tag would export every tag of the repository
    wanted = location
    if not _IMAGE_ID.fullmatch(location):
        wanted = Reference.parse(location).to_pull().familiar
    host = access.docker_host or DEFAULT_HOST
    client, base = connect(host, _EXPORT_PATIENCE)
    try:
        path = _spool(client, f"{base}/images/{quote(wanted, safe='/:@')}/get", name, access)
    except RegistryUnreachable as error:
        raise RegistryUnreachable(
            f"{name}: no engine answers at {host}", "start it, or set DOCKER_HOST"
        ) from error
    finally:
        client.close()
    try:
        return SpooledContent(open_docker_archive(path, name, access.scratch), host, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _spool(client: HttpClient, url: str, name: str, access: Access) -> Path:
    """Write the exported archive to a temporary file."""
    base = url.partition("/images/")[0]
    client.send(Request(f"{base}/_ping", kind="ping")).discard()
    with client.send(Request(url, kind="image")) as response:
        if response.status == 404:
            raise ImageNotFound(f"{name}: the engine has no such image", "pull it first")
        if response.status != 200:
            raise RegistryError(f"{name}: the engine answers status {response.status}")
        try:
            return _write(response, access.scratch, name)
        except OSError as error:
            raise StorageError(
                f"{name}: cannot write to {access.scratch}: {error.strerror or error}",
                "free some space, or set TMPDIR to another disk",
            ) from error


def _write(response: Response, scratch: Path, name: str) -> Path:
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=scratch, suffix=".tar", delete=False) as file:
        path = Path(file.name)
        try:
            _copy(response, file, name)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    return path


def _copy(response: Response, file: IO[bytes], name: str) -> None:
    written = 0
    while chunk := response.read(_CHUNK):
        written += file.write(chunk)
        if written > DEFAULT_LIMITS.layer_bytes:
            raise LimitExceeded(f"{name}: the engine sends more than bedplate will keep")
