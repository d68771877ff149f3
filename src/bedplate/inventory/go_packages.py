"""Go modules as packages."""

from __future__ import annotations

from bedplate.model.package import Package
from bedplate.model.package_url import package_url

STANDARD_LIBRARY = "stdlib"


def go_package(
    location: str,
    module: str,
    version: str,
    *,
    layer: int | None = None,
    direct: bool | None = None,
) -> Package:
    """Make a package of type golang.

    Args:
        location: path of the file that names it.
        module: module path, or `stdlib`.
        version: with its `v`, as modules have it; that of `stdlib` without.
        layer: as in `Package`.
        direct: as in `Package`.

    Source: purl type definition "golang": lower case, all but the last part is the namespace.
    """
    namespace, _, name = module.lower().rpartition("/")
    return Package(
        type="golang",
        name=module,
        version=version,
        purl=package_url("golang", name, version, namespace),
        location=location,
        layer=layer,
        direct=direct,
    )
