"""How advisories name the packages of each type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.package_keys import (
    apk,
    bitnami,
    cargo,
    composer,
    deb,
    gem,
    generic,
    golang,
    maven,
    npm,
    nuget,
    pypi,
    rpm,
)

if TYPE_CHECKING:
    from bedplate.matching.package_key import PackageKey

PACKAGE_KEYS: tuple[PackageKey, ...] = (
    apk,
    deb,
    rpm,
    npm,
    pypi,
    golang,
    maven,
    gem,
    cargo,
    composer,
    nuget,
    bitnami,
    generic,
)
