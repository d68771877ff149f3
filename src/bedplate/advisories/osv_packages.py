"""The packages that an OSV record speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.exact_ranges import ExactRanges, exact_ranges
from bedplate.advisories.namespaces import CPE, RUNTIME, Place, place_of, runtime_of, scheme_of
from bedplate.advisories.osv_status import qualifiers_of, status_of
from bedplate.advisories.osv_versions import versions_of
from bedplate.model.advisory import AffectedPackage, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.advisories.osv_document import OsvAffected, OsvDocument
    from bedplate.advisories.record import Wanted

_MAX_PACKAGES = 20_000
_MAX_NAME = 300


def packages_of(
    document: OsvDocument, wanted: Wanted, newest: Mapping[str, str]
) -> tuple[AffectedPackage, ...]:
    """Read every package of a namespace that bedplate knows and that is wanted.

    Args:
        document: the record.
        wanted: whether a namespace is.
        newest: see `sightings.newest_sightings`.

    Raises:
        ValueError: more packages, events or versions than bedplate will read.
    """
    listed = document.affected or ()
    if len(listed) > _MAX_PACKAGES:
        raise ValueError("too many packages")
    systems = _systems(document)
    found = (_package(affected, document, systems, wanted, newest) for affected in listed)
    return tuple(package for package in found if package is not None)


def _package(
    affected: OsvAffected,
    document: OsvDocument,
    systems: dict[str, str],
    wanted: Wanted,
    newest: Mapping[str, str],
) -> AffectedPackage | None:
    place, name = _placed(affected, document.id)
    if place is None or not wanted(place.namespace):
        return None
    if not 0 < len(name) <= _MAX_NAME or not name.isprintable():
        return None
    scheme = scheme_of(place.namespace, name)
    release = place.namespace.startswith(("deb:", "apk:", "rpm:"))
    exact = exact_ranges(affected, document, place.namespace, scheme, newest)
    if exact is None:
        return None
    status = status_of(affected, has_fix=exact.has_fix)
    if status is Status.NOT_AFFECTED:
        exact = ExactRanges(())
    ranges = exact.ranges
    versions = () if release and ranges else versions_of(affected, ranges, scheme, name)
    if not (ranges or versions or status is Status.NOT_AFFECTED) and _says_nothing(affected):
        return None
    qualifiers = dict(place.qualifiers) | systems
    qualifiers |= qualifiers_of(affected, place.namespace, exact)
    return AffectedPackage(
        place.namespace, name, status, ranges, versions, tuple(sorted(qualifiers.items()))
    )


def _placed(affected: OsvAffected, document: str) -> tuple[Place | None, str]:
    """Give the namespace and the name of a package."""
    package = affected.package
    if package is None:
        # the PSF's records name no package: they are about CPython
        return (Place(RUNTIME), "python") if document.startswith("PSF-") else (None, "")
    place = place_of(package.ecosystem)
    if place is None or place.namespace not in (RUNTIME, CPE):
        return place, package.name
    product = (affected.database_specific or {}).get("runtime")
    product = product if isinstance(product, str) else package.name.rpartition(":")[2]
    name = runtime_of(product)
    return (Place(RUNTIME), name) if name else (Place(CPE), product)


def _says_nothing(affected: OsvAffected) -> bool:
    """Tell whether neither versions nor a state of the whole package are given."""
    own = affected.ecosystem_specific or {}
    return not (own.get("fix_state") or own.get("status"))


def _systems(document: OsvDocument) -> dict[str, str]:
    """Read the systems to which Node.js binds a vulnerability."""
    listed = (document.database_specific or {}).get("affectedEnvironments")
    if not isinstance(listed, list) or "all" in listed or not listed:
        return {}
    return {"os": ",".join(sorted(str(system)[:20] for system in listed[:10]))}
