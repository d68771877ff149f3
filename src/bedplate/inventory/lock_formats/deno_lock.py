"""Deno: `deno.lock`, versions 2 to 5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.npm_packages import npm_package, split_specifier
from bedplate.model.package import Package
from bedplate.model.package_url import package_url
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "deno lock file"
WANTS: tuple[Want, ...] = (Want("**/deno.lock", limit=MAX_BYTES),)

# https://host/name@version/file.ts; the name may have folders or be left out.
_REMOTE = re.compile(r"https?://(?P<name>[^@?#]+)@(?P<version>v?\d[^/?#]*)")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages of a deno lock file: from npm, from JSR, and by URL.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: Deno documentation, "Lock file", and the crate deno_lockfile.
    """
    document = json_document(path, content)
    # Version 3 keeps the two registries one level deeper, version 2 has only npm.
    home = {**document, **mapping(document.get("packages"))}
    npm = mapping(home.get("npm"))
    npm = mapping(npm.get("packages")) or npm
    yield from merge(_from_npm(path, npm))
    yield from merge(_from_jsr(path, mapping(home.get("jsr"))))
    yield from merge(_from_urls(path, mapping(document.get("remote"))))


def _from_npm(path: str, entries: dict[str, Any]) -> Iterator[Package]:
    for key in entries:
        name, rest = split_specifier(key)
        version = rest.partition("_")[0]  # what follows are the versions of peers
        if name and version:
            yield npm_package(path, name, version)


def _from_jsr(path: str, entries: dict[str, Any]) -> Iterator[Package]:
    for key in entries:
        name, version = split_specifier(key)
        if name and version:
            scope, _, bare = name.rpartition("/")
            purl = package_url("jsr", bare, version, scope)
            yield Package("jsr", name, version, purl=purl, location=path)


def _from_urls(path: str, entries: dict[str, Any]) -> Iterator[Package]:
    for url in entries:
        match = _REMOTE.match(url)
        if match:
            name, version = match["name"].rstrip("/"), match["version"]
            host, _, bare = name.rpartition("/")
            purl = package_url("generic", bare, version, host)
            yield Package("generic", name, version, purl=purl, location=path)
