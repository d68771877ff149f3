"""Certificates per host in `certs.d` folders, as Docker and podman lay them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.support.http_settings import Tls

if TYPE_CHECKING:
    from pathlib import Path

_MAX_FILES = 64  # of one kind, in one folder


def find_certificates(folders: tuple[Path, ...], host: str) -> Tls:
    """Read the names (not the content) in `FOLDER/HOST[:PORT]/` of the first folder that has it.

    `*.crt` are CAs; `NAME.cert` with `NAME.key` is what we show.

    Args:
        folders: such as `/etc/docker/certs.d`, the most important first.
        host: `host[:port]`; one that could name another folder is not looked up.

    Source: docs.docker.com, "Verify repository client with certificates"; containers-certs.d(5).
    """
    if not host or "/" in host or host.startswith("."):
        return Tls()
    for folder in folders:
        try:
            files = sorted((folder / host).iterdir())
        except OSError:
            continue
        authorities = [path for path in files if path.suffix == ".crt"][:_MAX_FILES]
        pairs = [path for path in files if path.suffix == ".cert"][:_MAX_FILES]
        pair = next((path for path in pairs if path.with_suffix(".key") in files), None)
        key = pair.with_suffix(".key") if pair else None
        return Tls(tuple(authorities), pair, key)
    return Tls()
