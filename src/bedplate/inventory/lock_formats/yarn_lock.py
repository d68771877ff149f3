"""Yarn: `yarn.lock` of Yarn 1 and of Yarn 2 and later ("berry")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.inventory.npm_packages import belongs_to_dependency, npm_package, split_specifier
from bedplate.inventory.yarn_blocks import yarn_blocks
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.inventory.yarn_blocks import YarnBlock
    from bedplate.model.package import Package

NAME = "yarn lock file"
WANTS: tuple[Want, ...] = (Want("**/yarn.lock", limit=MAX_BYTES),)

_PROTOCOL = re.compile(r"([a-z][a-z0-9+.-]*):")
_PROTOCOLS = frozenset({
    "npm", "patch", "file", "link", "portal", "workspace", "exec", "catalog", "virtual",
    "http", "https", "ssh", "git", "git+ssh", "git+https", "git+http", "git+file",
    "github", "gitlab", "bitbucket", "gist",
})  # fmt: skip
# What berry writes for a workspace: its version stands in its own package.json.
_LOCAL_VERSION = "0.0.0-use.local"


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the packages of a yarn lock file, the project's own workspaces left out.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: a line that no version of Yarn writes.

    Source: Yarn documentation, "yarn.lock" and "Protocols".
    """
    if belongs_to_dependency(path):
        return
    blocks = list(yarn_blocks(path, decode(path, content)))
    direct = {need for block in blocks if block.is_workspace for need in _needs(block)}
    packages = []
    for block in blocks:
        one = _package(path, block, direct)
        if isinstance(one, Skipped):
            yield one
        elif one is not None:
            packages.append(one)
    yield from merge(packages)


def _needs(block: YarnBlock) -> list[str]:
    return [f"{name}@{constraint}" for name, constraint in block.needs.items()]


def _package(path: str, block: YarnBlock, direct: set[str]) -> Package | Skipped | None:
    resolution = block.fields.get("resolution", "")
    requested = block.specifiers[0]
    if requested == "__metadata" or block.is_workspace:
        return None
    name, reference = split_specifier(resolution or requested)
    protocol = _PROTOCOL.match(reference)
    if protocol and protocol[1] not in _PROTOCOLS:
        return Skipped(f"{path}: {requested}", f"unknown protocol {protocol[1]!r}")
    resolved = block.fields.get("resolved", "")
    if not resolution:
        name = _name_in_tarball(resolved) or _name_of_alias(reference) or name
    version = block.fields.get("version", "")
    if not version:
        return Skipped(f"{path}: {requested}", "no version")
    if version == _LOCAL_VERSION:
        return None
    return npm_package(
        path,
        name,
        version,
        source=_source(resolution, reference, resolved),
        direct=not direct.isdisjoint(block.specifiers) if direct else None,
    )


def _name_in_tarball(url: str) -> str:
    """Give the name of what was fetched: registries serve `host/name/-/file.tgz`."""
    before, dash, _ = url.partition("/-/")
    parts = before.split("/")
    if not dash or len(parts) < 2:
        return ""
    return "/".join(parts[-2:]) if parts[-2].startswith("@") else parts[-1].replace("%2f", "/")


def _name_of_alias(reference: str) -> str:
    """Give the real name behind `alias@npm:name@range`, which Yarn 1 keeps as it was asked."""
    scheme, _, target = reference.partition(":")
    name, constraint = split_specifier(target)
    return name if scheme == "npm" and constraint else ""


def _source(resolution: str, reference: str, resolved: str) -> str:
    """Give the git reference or tarball; registry packages have none."""
    address = reference if resolution else resolved
    is_git = address.startswith(("git", "ssh:")) or ".git#" in address
    return address if is_git or (resolution and address.startswith("http")) else ""
