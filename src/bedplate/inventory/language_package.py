"""Packages of languages, with the package URL that their ecosystem prescribes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.package import Package
from bedplate.model.package_url import package_url

if TYPE_CHECKING:
    from collections.abc import Mapping

# What parts the namespace from the name.
_SEPARATORS = {"golang": "/", "composer": "/", "maven": ":", "npm": "/"}
# Types whose names are the same in upper and lower case.
_FOLDED = frozenset({"golang", "composer"})


def language_package(  # noqa: PLR0913 - one keyword per field of the noun
    kind: str,
    location: str,
    name: str,
    version: str,
    *,
    licenses: tuple[str, ...] = (),
    qualifiers: Mapping[str, str] | None = None,
    direct: bool | None = None,
    development: bool = False,
    section: str = "",
    bundled_in: str = "",
    inside: str = "",
) -> Package:
    """Make a package of a language.

    Args:
        kind: purl type.
        location: path of the file that names it.
        name: the whole name: Maven's with a colon, Go's and Composer's with slashes.
        version: empty when there is none.
        licenses: as stated.
        qualifiers: of the purl.
        direct: as in `Package`.
        development: as in `Package`.
        section: as in `Package`.
        bundled_in: as in `Package`.
        inside: as in `Package`.

    Source: package-url specification, type definitions.
    """
    whole = name.lower() if kind in _FOLDED else name
    separator = _SEPARATORS.get(kind)
    namespace, _, bare = whole.rpartition(separator) if separator else ("", "", whole)
    return Package(
        type=kind,
        name=name,
        version=version,
        licenses=licenses,
        purl=package_url(kind, bare, version, namespace, qualifiers),
        location=location,
        direct=direct,
        development=development,
        section=section,
        bundled_in=bundled_in,
        inside=inside,
    )
