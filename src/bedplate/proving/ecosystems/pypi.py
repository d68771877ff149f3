"""PyPI: wheels by their tags, and what is left when none of them fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.native_packages import known_package
from bedplate.proving.numbers import older
from bedplate.proving.python_markers import holds
from bedplate.proving.wheel_tags import Misfit, misfit, parse_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage
    from bedplate.proving.wheel_tags import Wheel

TYPE = "pypi"
_KIND = NativeKind
_SOURCES = (".tar.gz", ".zip", ".tar.bz2", ".tar.xz")
# musl before this ignores compact relocations, which builds for musllinux_1_2 may have.
_READS_RELR = "1.2.4"
_NOT_LISTED = "the lock file does not list the files of this version; --fetch asks the index"


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell which file of a package pip and its kin would install.

    Args:
        package: of the lock file.
        packages: all of the lock file, not looked at.
        target: where it is installed.

    Returns:
        None for a package that is not wanted on this target.
    """
    del packages
    if package.marker and holds(package.marker, target) is False:
        return None
    evidence = _by_files(package, target)
    known = known_package(TYPE, package.name, package.version)
    if known is None or evidence.kind is _KIND.PURE:
        return evidence
    return replace(
        evidence,
        libraries=known.libraries,
        provided_by=known.provided_by,
        glibc=(known.glibc or evidence.glibc) if evidence.libc == "glibc" else "",
        shown=(*evidence.shown, *((known.note,) if known.note else ())),
    )


def _by_files(package: LockedPackage, target: InstallTarget) -> NativeEvidence:
    names = [file.name for file in package.files if file.name]
    wheels = [wheel for wheel in map(parse_wheel, names) if wheel is not None]
    sources = [name for name in names if name.endswith(_SOURCES)]
    misfits = [(misfit(wheel, target), wheel) for wheel in wheels]
    fitting = [wheel for why, wheel in misfits if why is None]
    if fitting:
        return _wheel(_preferred(fitting), target)
    if not package.every_file:
        return NativeEvidence(_KIND.UNKNOWN, (_listed(names),), _NOT_LISTED)
    if not wheels:
        return _source_only(sources)
    shown = (_listed([wheel.name for _, wheel in _nearest(misfits)]),)
    reason = _why(_nearest(misfits)[0][0], target)
    missing = f"a wheel of {package.label} for {_described(target)}"
    if not sources:
        return NativeEvidence(_KIND.FOREIGN, shown, reason, missing)
    if all(wheel.is_pure for wheel in wheels):
        return NativeEvidence(_KIND.PURE, (*shown, sources[0]))
    return NativeEvidence(_KIND.COMPILE, (*shown, sources[0]), reason, missing, file=sources[0])


def _wheel(wheel: Wheel, target: InstallTarget) -> NativeEvidence:
    if wheel.is_pure:
        return NativeEvidence(_KIND.PURE, (wheel.name,))
    tags = [tag for tag in wheel.platforms if not tag.libc or tag.libc == target.libc]
    libc = next((tag.libc for tag in tags if tag.libc), "")
    new = any(tag.level >= (1, 2) for tag in tags)
    if not libc:
        reason = "a wheel for Linux that does not say for which C library"
        return NativeEvidence(_KIND.UNKNOWN, (wheel.name,), reason, file=wheel.name)
    if libc == "musl" and new and older(target.libc_version, _READS_RELR):
        reason = f"it may have relocations that musl {target.libc_version} ignores, and crash then"
        return NativeEvidence(_KIND.UNKNOWN, (wheel.name,), reason, file=wheel.name)
    least = min(tag.level for tag in tags if tag.libc)
    glibc = ".".join(map(str, least)) if libc == "glibc" else ""
    return NativeEvidence(_KIND.PREBUILT, (wheel.name,), file=wheel.name, libc=libc, glibc=glibc)


def _preferred(fitting: list[Wheel]) -> Wheel:
    """Choose as installers do: for the platform before any, then the newest C library."""
    return max(
        fitting,
        key=lambda wheel: (
            not wheel.is_pure,
            max((tag.level for tag in wheel.platforms), default=()),
            wheel.name,
        ),
    )


def _source_only(sources: list[str]) -> NativeEvidence:
    if not sources:
        return NativeEvidence(_KIND.UNKNOWN, ("no files",), "its files are not listed")
    reason = "only its source is there; nothing tells whether building it takes a compiler"
    return NativeEvidence(_KIND.UNKNOWN, (sources[0],), reason, file=sources[0])


def _nearest(misfits: list[tuple[Misfit | None, Wheel]]) -> list[tuple[Misfit | None, Wheel]]:
    """Put the wheels that miss by least in front."""
    return sorted(misfits, key=lambda one: -(one[0].value if one[0] else 0))


def _why(why: Misfit | None, target: InstallTarget) -> str:
    python = target.runtimes.get("python", "")
    return {
        Misfit.LIBC: f"its wheels are for {'glibc' if target.libc == 'musl' else 'musl'} only",
        Misfit.OLD_LIBC: f"its wheels need a newer {target.libc} than {target.libc_version}",
        Misfit.PYTHON: f"it has no wheel for Python {python}",
        Misfit.PROCESSOR: f"it has no wheel for {target.platform.architecture}",
    }.get(why or Misfit.SYSTEM, "it has no wheel for Linux")


def _described(target: InstallTarget) -> str:
    python = target.runtimes.get("python", "")
    return f"{target}{f', Python {python}' if python else ''}"


def _listed(names: list[str]) -> str:
    if not names:
        return "no file is named"
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
