"""Every kind of lock and requirements file that bedplate reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_formats import (
    bun_lock,
    cargo_lock,
    cargo_toml,
    composer_lock,
    conda_environment,
    deno_lock,
    gemfile_lock,
    go_mod,
    go_vendor,
    gradle_lock,
    gradle_verification,
    npm_lock,
    nuget_assets,
    nuget_lock,
    nuget_references,
    package_json,
    paket_lock,
    pdm_lock,
    pipfile_lock,
    pnpm_lock,
    poetry_lock,
    pom_xml,
    pylock,
    pyproject,
    python_archive,
    requirements,
    setup_py,
    uv_lock,
    vscode_extension,
    yarn_lock,
)

if TYPE_CHECKING:
    from bedplate.inventory.lock_format import LockFormat

LOCK_FORMATS: tuple[LockFormat, ...] = (
    npm_lock,
    yarn_lock,
    pnpm_lock,
    bun_lock,
    deno_lock,
    package_json,
    vscode_extension,
    requirements,
    poetry_lock,
    uv_lock,
    pdm_lock,
    pylock,
    pipfile_lock,
    pyproject,
    setup_py,
    python_archive,
    gemfile_lock,
    composer_lock,
    cargo_lock,
    cargo_toml,
    go_mod,
    gradle_lock,
    nuget_lock,
    nuget_assets,
    nuget_references,
    paket_lock,
    conda_environment,
    gradle_verification,
    pom_xml,
    go_vendor,
)
