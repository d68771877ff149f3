"""Every kind of lock file that says where its packages run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.lock_sources import (
    bun_lock,
    cargo_lock,
    gemfile_lock,
    go_mod,
    gradle_lock,
    npm_lock,
    pdm_lock,
    pipfile_lock,
    pnpm_lock,
    poetry_lock,
    pom_xml,
    pylock,
    requirements,
    uv_lock,
    yarn_lock,
)

if TYPE_CHECKING:
    from bedplate.proving.lock_source import LockSource

LOCK_SOURCES: tuple[LockSource, ...] = (
    npm_lock,
    pnpm_lock,
    yarn_lock,
    bun_lock,
    requirements,
    poetry_lock,
    uv_lock,
    pdm_lock,
    pylock,
    pipfile_lock,
    gemfile_lock,
    go_mod,
    cargo_lock,
    gradle_lock,
    pom_xml,
)
