"""The feeds; a store is made of the documents of every feed that has some for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feeds import (
    alpine,
    chainguard,
    debian,
    epss,
    golang,
    kev,
    nvd,
    osv,
    php,
    redhat,
    runtimes,
    ubuntu,
    wolfi,
)

if TYPE_CHECKING:
    from bedplate.advisories.feed import Feed

FEEDS: tuple[Feed, ...] = (
    debian,
    ubuntu,
    alpine,
    wolfi,
    chainguard,
    redhat,
    osv,
    php,
    golang,
    runtimes,
    nvd,
    epss,
    kev,
)
