"""Packages that have a package of their own for each platform, as esbuild and sharp do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.proving.node_choice import libc_of
from bedplate.proving.platform_names import PROCESSORS, parse_platform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.proving.node_package import NodePackage
    from bedplate.proving.situation import Situation


class Platforms(NamedTuple):
    """The packages for Linux on the processor of the base that a package has.

    Args:
        fitting: names of those for the C library of the base; also those for any.
        others: names of those for the other one.
        installed: packages among `fitting` that are installed.
        misfits: packages among `others` that are installed.
    """

    fitting: tuple[str, ...]
    others: tuple[str, ...]
    installed: tuple[NodePackage, ...]
    misfits: tuple[NodePackage, ...]


def find_platforms(
    package: NodePackage, packages: Mapping[str, NodePackage], situation: Situation
) -> Platforms | None:
    """Give the platform packages of a package; None when it has none for this processor.

    Args:
        package: whose optional dependencies are looked at.
        packages: all that are installed, by folder.
        situation: application and base.
    """
    machine = situation.machine or 62
    names = [name for name in package.optional if _is_for(name, machine)]
    if not names:
        return None
    libcs = {name: parse_platform(name).libc for name in names}
    wanted = libc_of(situation)
    other = "glibc" if wanted == "musl" else "musl"
    # a name without a C library means glibc where there is a sibling for musl
    untagged = "glibc" if "musl" in libcs.values() else wanted
    fitting = tuple(name for name in names if (libcs[name] or untagged) == wanted)
    others = tuple(name for name in names if (libcs[name] or untagged) == other)
    return Platforms(
        fitting,
        others,
        _installed(package, fitting, packages),
        _installed(package, others, packages),
    )


def _is_for(name: str, machine: int) -> bool:
    parsed = parse_platform(name)
    return parsed.linux and not parsed.processors.isdisjoint(PROCESSORS.get(machine, frozenset()))


def _installed(
    package: NodePackage, names: tuple[str, ...], packages: Mapping[str, NodePackage]
) -> tuple[NodePackage, ...]:
    found = (resolve(package.folder, name, packages) for name in names)
    return tuple(one for one in found if one)


def resolve(folder: str, name: str, packages: Mapping[str, NodePackage]) -> NodePackage | None:
    """Find a package as `require` does: in node_modules of a folder and of those above.

    Args:
        folder: of the package that asks.
        name: of the package.
        packages: all that are installed, by folder.
    """
    while True:
        place = f"{folder}/node_modules/{name}" if folder else f"node_modules/{name}"
        if place in packages:
            return packages[place]
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
