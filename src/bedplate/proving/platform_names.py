"""What names of packages, folders and files say of processor, system and C library."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[/\\@._+\s-]+")
_MUSL = frozenset(("musl", "linuxmusl", "muslc", "alpine", "musleabihf"))
_GLIBC = frozenset(("gnu", "glibc", "linuxglibc", "gnueabihf"))
_LINUX = frozenset(("linux", "linuxmusl", "linuxglibc"))
# e_machine -> names
PROCESSORS = {
    3: frozenset(("ia32", "x86", "i686", "386", "x32")),
    21: frozenset(("ppc64", "ppc64le", "powerpc64le")),
    22: frozenset(("s390x",)),
    40: frozenset(("arm", "armv6", "armv7", "armv7l", "armhf", "arm32")),
    62: frozenset(("x64", "x8664", "amd64", "64")),
    183: frozenset(("arm64", "aarch64", "armv8")),
    243: frozenset(("riscv64", "riscv64gc")),
    258: frozenset(("loong64", "loongarch64")),
}
_ALL_PROCESSORS = frozenset().union(*PROCESSORS.values())
_RUNTIMES = frozenset(("electron", "nw", "bare", "iojs"))
_PLAIN = frozenset(("node", "napi", "uv1", "openssl", "release", "v"))
_NODE = re.compile(r"\bnode-v?(\d{1,2})(?:\.\d+)*(?=/|$)")
_ABI = re.compile(r"(?:abi|v)?(\d{2,3})|napi|n?api\d?|v\d{1,2}")


@dataclass(frozen=True, slots=True)
class PlatformName:
    """The parts of a name.

    Args:
        libc: `musl`, `glibc`, or empty when it does not say.
        linux: it names Linux.
        processors: that it names.
        runtime: another one than Node.js, `electron`; empty otherwise.
        abi: NODE_MODULE_VERSION; 0 when it names none, or the Node-API.
        node: major version of Node.js; None when it names none.
        rest: what is left: tells modules of one package apart.
    """

    libc: str
    linux: bool
    processors: frozenset[str]
    runtime: str
    abi: int
    node: int | None
    rest: tuple[str, ...]

    def fits_processor(self, machine: int) -> bool:
        """Tell whether it is for a processor, or names none."""
        return not self.processors or not self.processors.isdisjoint(
            PROCESSORS.get(machine, frozenset())
        )


def parse_platform(name: str) -> PlatformName:
    """Take a name apart: `@img/sharp-linuxmusl-x64`, `linux-x64/node.abi115.musl.node`."""
    tokens = _SEPARATORS.split(name.lower().replace("x86_64", "x64").replace("x86-64", "x64"))
    words = set(tokens)
    abis = [int(match[1]) for one in tokens if (match := _ABI.fullmatch(one)) and match[1]]
    abi = 0 if "napi" in words else next((n for n in abis if 40 < n < 400 and n != 64), 0)
    node = _NODE.search(name.lower())
    known = _MUSL | _GLIBC | _LINUX | _ALL_PROCESSORS | _RUNTIMES | _PLAIN
    rest = tuple(one for one in tokens if one and one not in known and not _ABI.fullmatch(one))
    return PlatformName(
        "musl" if words & _MUSL else "glibc" if words & _GLIBC else "",
        bool(words & _LINUX),
        frozenset(words & _ALL_PROCESSORS),
        min(words & _RUNTIMES, default=""),
        abi,
        int(node[1]) if node else None,
        rest,
    )
