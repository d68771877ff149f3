"""Under which names advisories speak of language runtimes that no package manager installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advisories.namespaces import RUNTIME
from bedplate.matching.look_up import Ask, LookUp

if TYPE_CHECKING:
    from bedplate.model.runtime import Runtime


_OLD_JAVA = re.compile(r"1\.([5-8])\.0(?:_(\d+))?")


class RuntimeKey(NamedTuple):
    """One place to look.

    Args:
        namespace: of the advisories.
        name: of the runtime there.
        note: why matches are to be read with care; empty when they are not.
    """

    namespace: str
    name: str
    note: str = ""


_ORACLE = "said of Oracle's JDK, which has more in it than OpenJDK"
# Bitnami collapses branches, so it comes last: see `authority`.
_KEYS: dict[str, tuple[RuntimeKey, ...]] = {
    "node": (RuntimeKey(RUNTIME, "node"), RuntimeKey("bitnami", "node")),
    "python": (RuntimeKey(RUNTIME, "python"), RuntimeKey("bitnami", "python")),
    "ruby": (RuntimeKey(RUNTIME, "ruby"), RuntimeKey("bitnami", "ruby")),
    "php": (RuntimeKey(RUNTIME, "php"), RuntimeKey("bitnami", "php")),
    "java": (RuntimeKey(RUNTIME, "java"), RuntimeKey("bitnami", "java", _ORACLE)),
    "go": (
        RuntimeKey("golang", "stdlib"),
        RuntimeKey("golang", "toolchain"),
        RuntimeKey(RUNTIME, "go"),
        RuntimeKey("bitnami", "golang"),
    ),
    "dotnet": (RuntimeKey(RUNTIME, "dotnet"), RuntimeKey("bitnami", "dotnet")),
    "erlang": (RuntimeKey(RUNTIME, "erlang"), RuntimeKey("bitnami", "erlang")),
}
# Of several feeds that know a CVE the first decides: each of them is more exact about the
# branches of a release than the one after it.
_AUTHORITIES = {
    "node": ("nodejs", "nvd", "bitnami"),
    "python": ("nvd", "psf", "bitnami"),
    "ruby": ("rubysec", "nvd", "bitnami"),
    "go": ("govulndb", "nvd", "bitnami"),
}
_ANY = ("nvd", "bitnami")


def look_ups(runtime: Runtime) -> tuple[LookUp, ...]:
    """Give everything to ask for a runtime.

    Args:
        runtime: one with a version.
    """
    version = _plain(runtime.name, runtime.version)
    keys = _KEYS.get(runtime.name, (RuntimeKey(RUNTIME, runtime.name),))
    return tuple(
        LookUp(key.namespace, runtime.name, version, (Ask(key.name, version),), note=key.note)
        for key in keys
    )


def _plain(name: str, version: str) -> str:
    """Write a version as advisories do.

    Source: JEP 223 (`1.8.0_402-b06` is 8.0.402) and JEP 322 (the build after `+` is no part).
    """
    if name == "go":
        return version.removeprefix("go")
    if name == "java":
        old = _OLD_JAVA.match(version)
        return f"{old[1]}.0.{old[2] or 0}" if old else version.partition("+")[0]
    return version


def authority(runtime: str, feed: str) -> int:
    """Rank a feed on a runtime; the lowest that knows a vulnerability decides."""
    order = _AUTHORITIES.get(runtime, _ANY)
    return order.index(feed) if feed in order else len(order)
