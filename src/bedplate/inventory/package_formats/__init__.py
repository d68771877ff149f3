"""The package databases and metadata folders that bedplate reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.package_formats import apk, conda, dpkg, npm, opkg, python, rpm

if TYPE_CHECKING:
    from bedplate.inventory.package_format import PackageFormat

PACKAGE_FORMATS: tuple[PackageFormat, ...] = (
    apk,
    dpkg,
    opkg,
    rpm,
    npm,
    python,
    conda,
)
