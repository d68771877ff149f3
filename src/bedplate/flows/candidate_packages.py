"""Look up which packages the releases of candidates have, where indexes are configured."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.package_index import package_index
from bedplate.linting.package_sources import index_files, release_of
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.advising.candidate import Candidate
    from bedplate.flows.session import Session
    from bedplate.linting.package_settings import PackageSettings


def with_package_names(
    candidates: Iterable[Candidate], session: Session, settings: PackageSettings
) -> tuple[list[Candidate], list[Skipped]]:
    """Add the names that each candidate's package manager knows.

    Args:
        candidates: images that packages have to be installed on.
        session: cache, day and HTTP client.
        settings: where package indexes are.

    Returns:
        the candidates, and which indexes could not be had.
    """
    found: list[Candidate] = []
    reasons: dict[str, None] = {}
    for candidate in candidates:
        named, reason = _named(candidate, session, settings)
        found.append(named)
        if reason:
            reasons[reason] = None
    return found, [Skipped("package names", reason) for reason in reasons]


def _named(
    candidate: Candidate, session: Session, settings: PackageSettings
) -> tuple[Candidate, str]:
    try:
        reference = Reference.parse(candidate.image).with_default_tag()
    except BedplateError:
        return candidate, ""
    release = release_of(reference, candidate.facts.distro if candidate.facts else None)
    mirrors = settings.mirrors.get(release.distro) if release else None
    files = index_files(release, session.platform, mirrors) if release and mirrors else ()
    if release is None or not files:
        return candidate, ""
    try:
        index = package_index(files, session)
    except BedplateError as error:
        return candidate, f"{release.title}: {error.message}"
    if index is None:
        return candidate, f"offline, and no index of {release.title} is in the cache"
    shown_by = f"the index of {release.title}, as of {index.date}"
    return replace(candidate, names=index.names, names_from=shown_by), ""
