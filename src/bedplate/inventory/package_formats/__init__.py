"""The package databases and metadata folders that bedplate reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.package_formats import (
    apk,
    bitnami,
    cargo_auditable,
    chisel,
    composer,
    conda,
    cpan,
    cran,
    dotnet,
    dpkg,
    gem,
    go,
    jar,
    npm,
    opkg,
    pacman,
    pear,
    python,
    rpm,
    yarn_pnp,
)

if TYPE_CHECKING:
    from bedplate.inventory.package_format import PackageFormat

PACKAGE_FORMATS: tuple[PackageFormat, ...] = (
    apk,
    dpkg,
    chisel,
    opkg,
    rpm,
    pacman,
    npm,
    python,
    conda,
    go,
    cargo_auditable,
    gem,
    composer,
    pear,
    dotnet,
    jar,
    yarn_pnp,
    bitnami,
    cran,
    cpan,
)
