"""Platform packages of npm: one for each system, processor and C library, beside a parent.

The parent names them all among its optional dependencies; the package manager installs those
that fit, and the parent loads the one that it finds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.proving.npm_platform import is_platform_package, libc_of, runs_on
from bedplate.proving.platform_names import parse_platform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.locked_package import LockedPackage
    from bedplate.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Member:
    """One platform package.

    Args:
        name: of it.
        package: as locked; None when the lock file has no entry of it.
        libc: `glibc`, `musl`, or empty when neither its fields nor its name say.
    """

    name: str
    package: LockedPackage | None
    libc: str

    @property
    def shown(self) -> str:
        """The name with the fields that decide."""
        package = self.package
        if package is None:
            return f"{self.name}: not in the lock file"
        fields = (("os", package.systems), ("cpu", package.processors), ("libc", package.libcs))
        words = [f"{name}={','.join(values)}" for name, values in fields if values]
        return " ".join((package.label, *words))


def family_of(
    package: LockedPackage, packages: Mapping[str, LockedPackage], platform: Platform
) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """Find the platform packages of a package.

    Args:
        package: the parent.
        packages: all of the lock file, by key.
        platform: of the target.

    Returns:
        Those for this system and processor, whatever their C library; the names of all.
    """
    found: list[Member] = []
    names: list[str] = []
    for name, key in (package.optional_needs or {}).items():
        member = packages.get(key) if key else None
        own = member.name if member is not None else name
        if is_platform_package(own, member):
            names.append(own)
            if runs_on(own, member, platform):
                found.append(Member(own, member, libc_of(own, member)))
    if any(one.libc == "musl" for one in found):
        # Beside one for musl, the one without a word is for glibc.
        found = [replace(one, libc=one.libc or "glibc") for one in found]
    return tuple(found), tuple(names)


def fitting_members(members: tuple[Member, ...], libc: str) -> tuple[Member, ...]:
    """Choose the platform packages for a C library: one of each kind.

    A parent may need several, as sharp needs its addon and libvips; their names differ in more
    than the platform. Of a kind that has none for this C library, none is needed.

    Args:
        members: of one system and processor.
        libc: of the target.

    Returns:
        also those that the lock file lacks.
    """
    kinds: dict[tuple[str, ...], Member] = {}
    for one in members:
        kind = parse_platform(one.name).rest
        known = kinds.get(kind)
        better = known is None or (known.libc != one.libc == libc)
        if one.libc in ("", libc) and better:
            kinds[kind] = one
    return tuple(kinds.values())
