"""pnpm: `pnpm-lock.yaml`, lock file versions 5 to 9."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.dependency_graph import reach
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.npm_packages import belongs_to_dependency, npm_package
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "pnpm lock file"
WANTS: tuple[Want, ...] = (Want("**/pnpm-lock.yaml", limit=MAX_BYTES),)

# name@version, as from lock file version 6 on.
_AT_FORM = re.compile(r"(?P<name>(?:@[^/@]+/)?[^/@]+)@(?P<version>.+)")
_PRODUCTION = ("dependencies", "optionalDependencies", "packageManagerDependencies")
_NEEDS = ("dependencies", "optionalDependencies")


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the packages of a pnpm lock file.

    Args:
        path: where it stands.
        content: the whole file, of one or more YAML documents.

    Raises:
        InvalidDocument: not YAML, or not of pnpm.

    Source: pnpm specification, "Lockfile" (lockfile/5.md to lockfile/9.0.md).
    """
    if belongs_to_dependency(path):
        return
    packages = []
    for document in yaml_documents(path, content):
        if not isinstance(document, dict) or "lockfileVersion" not in document:
            raise InvalidDocument(f"{path}: not a pnpm lock file: no lockfileVersion")
        for one in _from_document(path, document):
            if isinstance(one, Skipped):
                yield one
            else:
                packages.append(one)
    yield from merge(packages)


def _from_document(path: str, document: dict[str, Any]) -> Iterator[Package | Skipped]:
    entries = mapping(document.get("packages"))
    graph = _Graph(document, entries)
    for key, value in entries.items():
        entry = mapping(value)
        name, version = split_key(key)
        name = text(entry.get("name")) or name
        version = text(entry.get("version")) or version
        if not name:
            yield Skipped(f"{path}: {key}", "names no package and version")
            continue
        resolution = mapping(entry.get("resolution"))
        repository, commit = text(resolution.get("repo")), text(resolution.get("commit"))
        source = f"{repository}#{commit}" if repository else text(resolution.get("tarball"))
        bare = _without_peers(key)
        yield npm_package(
            path,
            name,
            version,
            source=source,
            direct=bare in graph.direct,
            development=entry["dev"] == "true" if "dev" in entry else graph.only_development(bare),
        )


def split_key(key: str) -> tuple[str, str]:
    """Read name and version out of the key of a package.

    `/name/1.0.0_peer@2.0.0` and `host/@scope/name/1.0.0` (5), `/name@1.0.0(peer@2.0.0)` (6),
    `name@1.0.0` and `name@https://host/tarball` (9; the version is empty then).

    Returns:
        Both empty when the key is none of these.
    """
    bare = _without_peers(key).removeprefix("/")
    match = _AT_FORM.fullmatch(bare)
    if match:
        version = match["version"]
        return match["name"], version if version[0].isdigit() else ""
    parts = bare.split("/")
    if "." in parts[0] and not key.startswith("/"):
        parts = parts[1:]  # the host of another registry
    length = 2 if parts and parts[0].startswith("@") else 1
    name, version = "/".join(parts[:length]), "".join(parts[length : length + 1])
    version = version.partition("_")[0]
    registry_host, at, rest = "/".join(parts).rpartition("@")
    if not version[:1].isdigit() and at and rest[:1].isdigit():
        return registry_host, rest
    return (name, version) if version[:1].isdigit() else ("", "")


def _without_peers(key: str) -> str:
    return key.partition("(")[0]


class _Graph:
    """What the project needs, directly and in the end, with and without development."""

    def __init__(self, document: dict[str, Any], entries: dict[str, Any]) -> None:
        self._nodes = {**entries, **mapping(document.get("snapshots"))}
        importers = [mapping(one) for one in mapping(document.get("importers")).values()]
        importers.append(document)
        production = {key for one in importers for key in self._needs(one, _PRODUCTION)}
        development = {key for one in importers for key in self._needs(one, ("devDependencies",))}
        self.direct = {_without_peers(key) for key in production | development}
        self._production = {_without_peers(key) for key in reach(production, self._of)}
        self._development = {_without_peers(key) for key in reach(development, self._of)}

    def only_development(self, bare_key: str) -> bool:
        return bare_key in self._development and bare_key not in self._production

    def _of(self, key: str) -> Iterator[str]:
        return self._needs(mapping(self._nodes.get(key)), _NEEDS)

    def _needs(self, node: dict[str, Any], fields: tuple[str, ...]) -> Iterator[str]:
        for field in fields:
            for name, value in mapping(node.get(field)).items():
                version = text(value) or text(mapping(value).get("version"))
                key = self._key(name, version)
                if key:
                    yield key

    def _key(self, name: str, version: str) -> str:
        candidates = (
            f"{name}@{version}",
            f"/{name}@{version}",
            f"/{name}/{version}",
            version,
            f"/{version}",
        )
        return next((key for key in candidates if key in self._nodes), "")
