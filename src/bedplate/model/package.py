"""One installed package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """A package that a database, a metadata folder or a lock file names.

    Args:
        type: purl type: `deb`, `apk`, `rpm`, `npm`, `pypi`, ...
        name: the ecosystem's own spelling.
        version: full version as the ecosystem compares it (rpm: `epoch:version-release`,
            the epoch only when set and not 0; deb: with epoch and revision).
        architecture: as the package says (`amd64`, `noarch`, ...), empty when it does not.
        source_name: source (deb, rpm) or origin (apk) package; empty when unknown or n/a.
        source_version: version of the source package; empty when unknown or n/a.
        licenses: licence expressions or names as the package states them.
        purl: package URL.
        section: the package's own classification (deb Section, rpm Group); `shaded` for what a
            Java archive has merged into it; empty if none.
        location: path of the file that names the package.
        layer: index of the layer in which the package was last written; None if unknown.
        installed_size: bytes on disk, by the package's own word; None when it says nothing.
        files: paths that it owns (folders left out), where the database lists them; left out
            of facts, once every byte has its owner.
        file_count: how many paths it owns; None when that was not listed.
        vendor: who made it, as stated (rpm Vendor, deb Maintainer); empty if not stated.
        direct: lock files: a dependency of the project itself; None if not told.
        development: lock files: needed for development only.
        bundled_in: the tool or runtime that brings it along and is updated as a whole
            (`npm@10.8.2`, `ruby`); empty if it stands for itself.
        inside: where it is within the file `location`, when that is an archive: names of
            nested archives joined by `!/`.
    """

    type: str
    name: str
    version: str
    architecture: str = ""
    source_name: str = ""
    source_version: str = ""
    licenses: tuple[str, ...] = ()
    purl: str = ""
    section: str = ""
    location: str = ""
    layer: int | None = None
    installed_size: int | None = None
    files: tuple[str, ...] = ()
    file_count: int | None = None
    vendor: str = ""
    direct: bool | None = None
    development: bool = False
    bundled_in: str = ""
    inside: str = ""
