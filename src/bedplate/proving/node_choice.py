"""Which of a package's compiled files would be loaded on a base.

The rules of node-gyp-build, node-pre-gyp, prebuild-install, cmake-ts, require-addon, detect-libc
and napi-rs, as far as they agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.proving.platform_names import PlatformName, parse_platform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.proving.node_package import NodePackage
    from bedplate.proving.situation import Situation

_BUILT = re.compile(r"(?:build/(?:Release|Debug)|lib/binding|out)/")
_LEFT_OVERS = re.compile(r"(?:^|/)(?:obj\.target|obj|\.deps|build-tmp[^/]*|CMakeFiles)/")
# these try every build for the C library, from the newest on, until one opens
_TRY_IN_TURN = frozenset(("cmake-ts",))
# these look at etc/alpine-release to find out whether the C library is musl
_ASK_ALPINE = frozenset(
    ("node-gyp-build", "node-gyp-build-optional-packages", "require-addon", "cmake-ts")
)


class Choice(NamedTuple):
    """What becomes of the addons of a package.

    Args:
        taken: files that are loaded.
        passed_over: files that are not.
        wanted: `musl` or `glibc`: the build that its loader asks for.
        in_turn: its loader tries those that are taken one after another, in this order.
    """

    taken: tuple[str, ...]
    passed_over: tuple[str, ...]
    wanted: str
    in_turn: bool = False


def choose_addons(package: NodePackage, situation: Situation) -> Choice:
    """Choose among the addons of a package.

    Args:
        package: installed.
        situation: application and base.
    """
    wanted = wanted_libc(package, situation)
    addons = [path for path in package.files if path.endswith(".node")]
    left_overs = [path for path in addons if _LEFT_OVERS.search(path)]
    addons = [path for path in addons if path not in left_overs]
    inside = len(package.folder) + 1
    built = [path for path in addons if _BUILT.match(path, inside)]
    if built:
        others = [path for path in addons if path not in built]
        return Choice(tuple(built), (*left_overs, *others), wanted)
    named = [(path, parse_platform(path[inside:])) for path in addons]
    in_turn = bool(_TRY_IN_TURN & {*package.hard, *package.optional})
    choose = _in_turn if in_turn else _best
    taken = tuple(choose(named, wanted, situation))
    others = [path for path in addons if path not in taken]
    return Choice(taken, (*left_overs, *others), wanted, in_turn)


def wanted_libc(package: NodePackage, situation: Situation) -> str:
    """Say which build the loader of a package asks for."""
    if _ASK_ALPINE & {*package.hard, *package.optional}:
        return "musl" if situation.has("etc/alpine-release") else "glibc"
    return libc_of(situation)


def libc_of(situation: Situation) -> str:
    """Give the C library of the base; glibc when it has none."""
    return str(situation.loaders[0].kind) if situation.loaders else "glibc"


def _best(
    named: list[tuple[str, PlatformName]], wanted: str, situation: Situation
) -> Iterable[str]:
    """Give of each module the files that fit best."""
    program = situation.main_program("node")
    version = program.module_version if program else 0
    groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for path, name in named:
        if name.node is not None and program and name.node != _major(program.version):
            continue
        score = _score(name, wanted, version, situation.machine)
        if score is not None:
            key = parse_platform(path.rpartition("/")[2]).rest
            groups.setdefault(key, []).append((score, path))
    for scored in groups.values():
        best = max(score for score, _ in scored)
        yield from (path for score, path in scored if score == best)


def _in_turn(
    named: list[tuple[str, PlatformName]], wanted: str, situation: Situation
) -> Iterable[str]:
    """Give the builds that are tried, in order; those that name the C library, if some do."""
    fitting = [
        (path, name)
        for path, name in named
        if _score(name, wanted, 0, situation.machine) is not None
    ]
    tagged = [(path, name) for path, name in fitting if name.libc]
    newest_first = sorted(tagged or fitting, key=lambda one: -one[1].abi)
    return (path for path, _ in newest_first)


def _major(version: str) -> int:
    text = version.partition(".")[0]
    return int(text) if text.isdecimal() else 0


def _score(name: PlatformName, wanted: str, version: int, machine: int) -> int | None:
    if name.runtime or name.libc not in ("", wanted):
        return None
    if machine and not name.fits_processor(machine):
        return None
    right_abi = name.abi in (0, version) or not version
    return 4 * right_abi + 2 * (name.libc == wanted) + bool(name.abi)
