"""What every flow is given: where to look, what it may do, whom to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.images.progress import Silent
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from bedplate.facts.catalog import Catalog
    from bedplate.images.image_source import Access
    from bedplate.images.progress import Progress
    from bedplate.support.cache import Cache


def _say_nothing(_line: str) -> None:
    """Drop a notice."""


@dataclass(frozen=True, slots=True)
class Session:
    """One run's means and permissions, made by a door.

    Args:
        access: what image sources may use (registry client, temporary folder, engine).
        cache: layer indexes and facts by digest.
        catalog: the embedded facts, and the user's own.
        today: the day that end-of-life dates are held against.
        platform: the platform wanted, when an image has several.
        platform_asked: whether the user named it; a mere default gives way to what is there.
        all_platforms: look at every platform instead.
        offline: answer from the catalog and local sources, never from the network.
        pull: read layers when nothing cheaper knows what is in them.
        notify: takes one line for stderr (why the catalog answers, what was not cached).
        progress: told while layers stream by.
        advisory_folder: the user's advisory stores; None for those that came along alone.
        inventory_from: what tells the packages of an image: `layers`; `attestation`, an SBOM
            that the builder attested; or `auto`, that SBOM before any layer is pulled.
    """

    access: Access
    cache: Cache
    catalog: Catalog
    today: date
    platform: Platform = field(default_factory=lambda: Platform("linux", "amd64"))
    platform_asked: bool = False
    all_platforms: bool = False
    offline: bool = False
    pull: bool = True
    notify: Callable[[str], None] = _say_nothing
    progress: Progress = field(default_factory=Silent)
    advisory_folder: Path | None = None
    inventory_from: str = "layers"
