"""The image configuration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.digest import Digest
    from bedplate.model.platform import Platform


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One build step; `empty_layer` steps have no layer of their own."""

    created: str = ""
    created_by: str = ""
    author: str = ""
    comment: str = ""
    empty_layer: bool = False


@dataclass(frozen=True, slots=True)
class ImageConfig:
    """What a container of the image starts with.

    Args:
        platform: os, architecture and variant.
        diff_ids: digests of the uncompressed layers, lowest first.
        created: ISO time, empty when left out.
        user: empty means root.
        environment: `NAME=value` lines, in order.
        entrypoint, command: argument lists; empty when not set.
        exposed_ports, volumes: sorted keys.
        health_check: Docker's addition: `NONE`, or `CMD` or `CMD-SHELL` and what it runs.
        history: build steps, first first.

    Source: OCI image-spec, config.md.
    """

    platform: Platform
    diff_ids: tuple[Digest, ...] = ()
    created: str = ""
    author: str = ""
    user: str = ""
    environment: tuple[str, ...] = ()
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    working_directory: str = ""
    exposed_ports: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    stop_signal: str = ""
    history: tuple[HistoryEntry, ...] = ()
    health_check: tuple[str, ...] = ()

    def variable(self, name: str) -> str | None:
        """Give the value of an environment variable, None when it is not set."""
        for line in self.environment:
            key, _, value = line.partition("=")
            if key == name:
                return value
        return None
