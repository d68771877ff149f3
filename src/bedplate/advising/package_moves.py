"""What a package of one distribution is called on another.

Facts: the package lists of Debian 12 and 13 and of Alpine 3.20 and newer. A name that is not
here is told, never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bedplate.advising.package_names import ALPINE_OF_DEBIAN, RUNTIME_OF_DEBIAN
from bedplate.model.advice import PackageMove

if TYPE_CHECKING:
    from bedplate.model.needs import WantedPackage

_DEBIAN_OF_ALPINE = {alpine: debian for debian, alpine in ALPINE_OF_DEBIAN.items() if alpine}


class Names(Protocol):
    """Names of packages that a release has."""

    def __contains__(self, name: str, /) -> bool:
        """Tell whether a package of that name is there."""
        ...


def move_package(
    wanted: WantedPackage,
    manager: str,
    index: Names | None = None,
    shown_by: str = "",
) -> PackageMove:
    """Find the name of a package where another manager installs it.

    Args:
        wanted: as it is installed today.
        manager: of the candidate: `apt` or `apk`; empty when nothing can be installed.
        index: names that the candidate's release has; None when they are not at hand.
        shown_by: where those names come from.
    """
    if not manager:
        return PackageMove(wanted.name, "", "nothing can be installed there", known=False)
    if manager == wanted.manager:
        target, source = wanted.name, "the same package manager"
    else:
        table = ALPINE_OF_DEBIAN if manager == "apk" else _DEBIAN_OF_ALPINE
        target, source = table.get(wanted.name, ""), "table of names"
        if not target and index is not None and wanted.name in index:
            target = wanted.name
    if not target:
        return PackageMove(wanted.name, "", "no name is known", known=False)
    if index is None:
        return PackageMove(wanted.name, target, source)
    return PackageMove(wanted.name, target, shown_by, known=target in index)


def runtime_packages(name: str, manager: str) -> tuple[str, ...] | None:
    """Name the packages that a program needs which was built with a package of headers.

    Args:
        name: of the package with headers.
        manager: whose name that is: `apt` or `apk`.

    Returns:
        None when they are not known.
    """
    if manager == "apt":
        return RUNTIME_OF_DEBIAN.get(name)
    found = RUNTIME_OF_DEBIAN.get(_DEBIAN_OF_ALPINE.get(name, name))
    if found is None:
        return None
    names = (ALPINE_OF_DEBIAN.get(one, "") for one in found)
    return tuple(dict.fromkeys(name for name in names if name))
