"""Tags in names of wheels: which interpreter, platform and C library a wheel is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from bedplate.proving.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.install_target import InstallTarget

_WHEEL = re.compile(
    r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-]+)(?:-\d[^-]*)?"
    r"-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<platform>[^-]+)\.whl"
)
_LINUX = re.compile(
    r"(?:(?P<old>manylinux1|manylinux2010|manylinux2014)|(?P<kind>manylinux|musllinux)_(?P<major>\d+)_"
    r"(?P<minor>\d+)|(?P<plain>linux))_(?P<machine>[a-z0-9_]+)"
)
_OLD = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_PYTHON = re.compile(r"(?P<kind>py|cp)(?P<major>\d)(?P<minor>\d*)")
_MACHINES = {
    "amd64": "x86_64",
    "386": "i686",
    "arm64": "aarch64",
    "ppc64le": "ppc64le",
    "s390x": "s390x",
    "riscv64": "riscv64",
    "loong64": "loongarch64",
}
# Wheels of 32-bit ARM are for Debian's armhf or the Raspberry Pi.
_ARM = ("armv7l", "armv6l")
_MAX_TAGS = 64


class Misfit(Enum):
    """Why a wheel is not for a target, the least far away last."""

    SYSTEM = auto()
    PROCESSOR = auto()
    PYTHON = auto()
    LIBC = auto()
    OLD_LIBC = auto()


@dataclass(frozen=True, slots=True)
class PlatformTag:
    """A platform tag taken apart.

    Args:
        text: `manylinux_2_28_x86_64`.
        system: `any`, `linux`, or another.
        machine: `x86_64`; empty when it has none.
        libc: `glibc`, `musl`, or empty when the tag does not say.
        level: least version of the C library.
    """

    text: str
    system: str
    machine: str = ""
    libc: str = ""
    level: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wheel:
    """The name of a wheel taken apart."""

    name: str
    pythons: tuple[str, ...]
    abis: tuple[str, ...]
    platforms: tuple[PlatformTag, ...]

    @property
    def is_pure(self) -> bool:
        """Whether it is for every platform."""
        return any(tag.system == "any" for tag in self.platforms)


def parse_wheel(name: str) -> Wheel | None:
    """Take the name of a wheel apart; None when it is none.

    Source: Python packaging specifications, "Binary distribution format" and "Platform
    compatibility tags" (PEP 425, 513, 571, 599, 600, 656).
    """
    match = _WHEEL.fullmatch(name)
    if match is None:
        return None
    pythons, abis, platforms = (
        tuple(match[group].split(".")[:_MAX_TAGS]) for group in ("python", "abi", "platform")
    )
    return Wheel(name, pythons, abis, tuple(map(_platform, platforms)))


def _platform(text: str) -> PlatformTag:
    if text == "any":
        return PlatformTag(text, "any")
    match = _LINUX.fullmatch(text)
    if match is None:
        return PlatformTag(text, text.partition("_")[0])
    machine = match["machine"]
    if match["plain"]:
        return PlatformTag(text, "linux", machine)
    if match["old"]:
        return PlatformTag(text, "linux", machine, "glibc", _OLD[match["old"]])
    level = (int(match["major"][:6]), int(match["minor"][:6]))
    libc = "musl" if match["kind"] == "musllinux" else "glibc"
    return PlatformTag(text, "linux", machine, libc, level)


def misfit(wheel: Wheel, target: InstallTarget) -> Misfit | None:
    """Tell why a wheel is not for a target; None when it is.

    What is not known of the target, such as its Python, speaks against no wheel.
    """
    platform = _best(_platform_misfits(wheel, target))
    if platform in (Misfit.SYSTEM, Misfit.PROCESSOR):
        return platform
    if not any(_fits_python(*tags, target) for tags in _interpreters(wheel)):
        return Misfit.PYTHON
    return platform


def _best(found: Iterable[Misfit | None]) -> Misfit | None:
    worst_first = list(found)
    if not worst_first or None in worst_first:
        return None
    return max((one for one in worst_first if one), key=lambda one: one.value)


def _platform_misfits(wheel: Wheel, target: InstallTarget) -> Iterator[Misfit | None]:
    for tag in wheel.platforms:
        if tag.system == "any":
            yield None
        elif tag.system != "linux" or target.platform.os != "linux":
            yield Misfit.SYSTEM
        elif tag.machine not in machines_of(target):
            yield Misfit.PROCESSOR
        elif tag.libc and tag.libc != target.libc:
            yield Misfit.LIBC
        elif tag.level > numbers(target.libc_version, 2) > ():
            yield Misfit.OLD_LIBC
        else:
            yield None


def machines_of(target: InstallTarget) -> tuple[str, ...]:
    """Give the words for a processor in tags, the usual one first."""
    architecture = target.platform.architecture
    return _ARM if architecture == "arm" else (_MACHINES.get(architecture, architecture),)


def _interpreters(wheel: Wheel) -> Iterator[tuple[str, str]]:
    for python in wheel.pythons:
        for abi in wheel.abis:
            yield python, abi


def _fits_python(python: str, abi: str, target: InstallTarget) -> bool:
    match = _PYTHON.fullmatch(python)
    if match is None:
        return False
    version = numbers(target.runtimes.get("python", ""), 2)
    # What asks for the interpreter's full name, such as `cp313t`, is for another build of it.
    if abi not in ("none", "abi3", python, f"{python}m", f"{python}mu"):
        return False
    if not version:
        return match["major"] == "3"
    wanted = (int(match["major"]), int(match["minor"][:4])) if match["minor"] else ()
    if int(match["major"]) != version[0]:
        return False
    if match["kind"] == "cp" and abi != "abi3":
        return not wanted or wanted == version
    return wanted <= version
