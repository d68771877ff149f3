"""Find the packages that Dockerfiles install and the release of their base does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile import parse
from bedplate.errors import BedplateError, InvalidPlatform
from bedplate.flows.package_index import package_index
from bedplate.linting.linted_file import LintedFile
from bedplate.linting.package_absence import AbsentPackage, find_absent
from bedplate.linting.package_installs import installed_names
from bedplate.linting.package_sources import index_files, release_of
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.flows.package_index import DatedNames
    from bedplate.flows.session import Session
    from bedplate.linting.package_installs import InstalledName
    from bedplate.linting.package_settings import PackageSettings
    from bedplate.linting.package_sources import IndexFile, Release
    from bedplate.linting.settings import LintSettings
    from bedplate.model.image_use import ImageUse

    Absences = dict[tuple[str, int | None], tuple[AbsentPackage, ...]]

_RULE = "package-name-absent"
_WHAT = "package names"


def absent_packages(
    texts: Mapping[str, str],
    uses: Iterable[tuple[str, ImageUse]],
    session: Session,
    config: LintSettings,
    settings: PackageSettings | None,
) -> tuple[Absences, list[Skipped]]:
    """Look up the packages that the stages of Dockerfiles install.

    Args:
        texts: files by path.
        uses: path of a file, and a place in it that names an image.
        session: cache, catalog, HTTP client, day.
        config: which rules the user selected or left out.
        settings: where package indexes are; None to look nothing up.

    Returns:
        what is absent, by path and stage of the base; which indexes could not be had, and why.
    """
    off = _RULE in config.ignore or (config.select and _RULE not in config.select)
    if settings is None or off:
        return {}, []
    search = _Search(session, settings)
    installs: dict[str, dict[int, list[InstalledName]]] = {}
    found: Absences = {}
    for path, use in uses:
        if use.kind != "dockerfile" or use.role != "from" or use.stage is None:
            continue
        if path not in installs:
            installs[path] = _by_base(texts[path], config)
        absent = search.absent(use, installs[path].get(use.stage, []))
        if absent:
            found[path, use.stage] = absent
    return found, [Skipped(_WHAT, reason) for reason in dict.fromkeys(search.reasons)]


def _by_base(text: str, config: LintSettings) -> dict[int, list[InstalledName]]:
    """Group the names that a file installs by the stage whose FROM names their image."""
    file = LintedFile(parse(text), text, config)  # `images` has parsed it before
    found: dict[int, list[InstalledName]] = {}
    for one in installed_names(file):
        base = [*file.lineage(one.stage)][-1]
        found.setdefault(base, []).append(one)
    return found


class _Search:
    """Looks names up; reads each index once.

    Args:
        session: cache, catalog, HTTP client, day.
        settings: where package indexes are.
    """

    def __init__(self, session: Session, settings: PackageSettings) -> None:
        self._session, self._settings = session, settings
        self._indexes: dict[tuple[IndexFile, ...], DatedNames | None] = {}
        self.reasons: list[str] = []

    def absent(self, use: ImageUse, names: list[InstalledName]) -> tuple[AbsentPackage, ...]:
        """Find what the release of an image does not have."""
        if not names:
            return ()
        try:
            reference = Reference.parse(use.text).with_default_tag()
            platform = Platform.parse(use.platform) if use.platform else self._session.platform
        except (BedplateError, InvalidPlatform):  # said elsewhere; a variable of the builder
            return ()
        row = self._session.catalog.find(reference, platform)
        release = release_of(reference, row.distro if row else None)
        names = [one for one in names if release and one.manager == release.manager]
        if release is None or not names:
            return ()
        mirrors = self._settings.mirrors.get(release.distro)
        if mirrors is None:
            self.reasons.append(
                f"no package index is configured: set lint.packages.{release.distro}"
            )
            return ()
        files = index_files(release, platform, mirrors)
        index = self._index(files, release) if files else None
        if index is None:
            return ()
        shown_by = f"{_places(files)}, as of {index.date}"
        return tuple(find_absent(names, index.names, release.title, shown_by))

    def _index(self, files: tuple[IndexFile, ...], release: Release) -> DatedNames | None:
        if files in self._indexes:
            return self._indexes[files]
        index = None
        try:
            index = package_index(files, self._session)
            if index is None:
                self.reasons.append(f"offline, and no index of {release.title} is in the cache")
            elif index.date != self._session.today.isoformat():
                self._session.notify(f"offline: package names of {release.title} of {index.date}")
        except BedplateError as error:
            self.reasons.append(f"{release.title}: {error.message}")
        self._indexes[files] = index
        return index


def _places(files: tuple[IndexFile, ...]) -> str:
    """Name the first part of each mirror."""
    first = {file.mirror: file.addresses[0] for file in reversed(files)}
    return " and ".join(first[mirror] for mirror in dict.fromkeys(one.mirror for one in files))
