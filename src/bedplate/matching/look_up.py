"""What to ask the advisories for one package."""

from __future__ import annotations

from typing import NamedTuple


class Ask(NamedTuple):
    """One name to look for.

    Args:
        name: as the namespace writes it.
        version: to hold against the rows of that name.
        is_source: the name of a source package where advisories name binary ones too: only
            rows that speak of the source as a whole count.
        rebuilt: the version that was built anew for the release and is in all of it the
            same, though it is newer as versions go; empty if it is none.
    """

    name: str
    version: str
    is_source: bool = False
    rebuilt: str = ""


class LookUp(NamedTuple):
    """All names to look for, and what the answers are about.

    Args:
        namespace: of the advisories.
        component: name for people: the source package where there is one.
        version: of the component.
        asks: what to look for.
        module: `name:stream` of the rpm module that the package is from; empty if none.
        note: why matches are to be read with care; empty when they are not.
    """

    namespace: str
    component: str
    version: str
    asks: tuple[Ask, ...]
    module: str = ""
    note: str = ""


class NoLookUp(NamedTuple):
    """There is nothing to ask for.

    Args:
        reason: why.
        foreign: a system package that is not the distribution's own.
    """

    reason: str
    foreign: bool = False


def simple(namespace: str, name: str, version: str, note: str = "") -> LookUp:
    """Make the look-up of a package that has one name and no source package."""
    return LookUp(namespace, name, version, (Ask(name, version),), note=note)
