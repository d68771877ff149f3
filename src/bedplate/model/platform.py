"""The platform an image runs on: `linux/arm64/v8`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.errors import InvalidPlatform

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH = 256
_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_OS = re.compile(r"([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.+-]+)\))?")
_HINT = "write OS/ARCHITECTURE, as in linux/amd64 or linux/arm/v7"

# Other names of the same thing -> Go's word and the variant that the name implies.
_ARCHITECTURES = {
    "x86_64": ("amd64", ""),
    "x86-64": ("amd64", ""),
    "i386": ("386", ""),
    "i486": ("386", ""),
    "i586": ("386", ""),
    "i686": ("386", ""),
    "x86": ("386", ""),
    "aarch64": ("arm64", ""),
    "armhf": ("arm", "v7"),
    "armv7": ("arm", "v7"),
    "armv7l": ("arm", "v7"),
    "armv6": ("arm", "v6"),
    "armv6l": ("arm", "v6"),
    "armel": ("arm", "v6"),
    "ppc64el": ("ppc64le", ""),
    "powerpc64le": ("ppc64le", ""),
    "loongarch64": ("loong64", ""),
}
_KNOWN_ARCHITECTURES = frozenset(
    {"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle"}
    | {"ppc64", "ppc64le", "riscv64", "s390x", "wasm"}
)
# The variant that says no more than the architecture alone.
_PLAIN_VARIANTS = {"amd64": "v1", "arm64": "v8"}
_DEFAULT_VARIANTS = {"arm": "v7"}


@dataclass(frozen=True, slots=True, order=True)
class Platform:
    """Operating system, CPU architecture (Go's GOOS and GOARCH words) and variant.

    Source: OCI image-spec, image-index.md, "Platform Variants".
    """

    os: str
    architecture: str
    variant: str = ""
    os_version: str = ""
    os_features: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Platform:
        """Read `os/architecture[/variant]`, or a known architecture alone (of Linux).

        The result is in normal form. Windows builds are written `windows(10.0.20348)/amd64`.

        Raises:
            InvalidPlatform: not of this form; says which part.
        """
        if len(text) > MAX_LENGTH:
            raise InvalidPlatform("the platform is far too long", _HINT)
        parts = text.split("/")
        if len(parts) == 1:
            alone = cls("linux", text.lower()).normalized()
            if alone.architecture in _KNOWN_ARCHITECTURES:
                return alone
            raise InvalidPlatform(f"{text!r} is not a platform", _HINT)
        system, words = _OS.fullmatch(parts[0]), parts[1:]
        if len(words) > 2 or system is None or not all(_WORD.fullmatch(word) for word in words):
            raise InvalidPlatform(f"{text!r} is not a platform", _HINT)
        variant = words[1] if len(words) == 2 else ""
        return cls(system[1], words[0], variant, system[2] or "").normalized()

    def normalized(self) -> Platform:
        """Give the one spelling of this platform: `linux/arm64` for `linux/aarch64/v8`.

        Source: containerd's platforms package, database.go.
        """
        word = self.architecture.lower()
        architecture, implied = _ARCHITECTURES.get(word, (word, ""))
        variant = self.variant.lower() or implied or _DEFAULT_VARIANTS.get(architecture, "")
        if variant[:1].isdecimal():
            variant = f"v{variant}"
        if variant == _PLAIN_VARIANTS.get(architecture):
            variant = ""
        system = self.os.lower()
        system = "darwin" if system == "macos" else system
        return replace(self, os=system, architecture=architecture, variant=variant)

    def matches(self, offered: Platform) -> bool:
        """Tell whether an offered platform is this one, other spellings included.

        The version of the operating system counts only when this platform has one; a shorter
        one fits all that begin with it.
        """
        return self.normalized().covers(offered.normalized())

    def covers(self, offered: Platform) -> bool:
        """Tell the same as `matches`, where both are in normal form already."""
        return (
            self.architecture == offered.architecture
            and self.variant == offered.variant
            and self.os == offered.os
            and (not self.os_version or f"{offered.os_version}.".startswith(f"{self.os_version}."))
        )

    def compatible(self) -> Iterator[Platform]:
        """List the platforms whose images this one runs: itself first, then worse fits.

        Source: containerd's platforms package, `Only`.
        """
        own = self.normalized()
        yield own
        for architecture, variant in _lesser(own.architecture, own.variant):
            yield replace(own, architecture=architecture, variant=variant).normalized()

    def __str__(self) -> str:
        system = f"{self.os}({self.os_version})" if self.os_version else self.os
        parts = (system, self.architecture, self.variant)
        return "/".join(part for part in parts if part)


def _lesser(architecture: str, variant: str) -> Iterator[tuple[str, str]]:
    """List what an architecture runs beside its own: older variants, then the 32-bit sibling."""
    major, minor = _level(variant)
    if architecture == "amd64":
        for level in range(major - 1, 0, -1):
            yield architecture, f"v{level}"
        yield "386", ""
    elif architecture == "arm":
        for level in range(major - 1, 4, -1):
            yield architecture, f"v{level}"
    elif architecture == "arm64":
        yield from ((architecture, older) for older in _older_arm64(major or 8, minor))
        for level in range(8, 4, -1):
            yield "arm", f"v{level}"


def _older_arm64(major: int, minor: int) -> Iterator[str]:
    """List the lesser variants; v9.0 grew out of v8.5, so v9.x runs v8.(x+5) and below."""
    if major == 9:
        yield from (f"v9.{level}" if level else "v9" for level in range(minor - 1, -1, -1))
        minor += 6
    yield from (f"v8.{level}" if level else "v8" for level in range(minor - 1, -1, -1))


def _level(variant: str) -> tuple[int, int]:
    """Read `v8.2` as (8, 2); (0, 0) when it is no such number or out of all reason."""
    match = re.fullmatch(r"v(\d{1,2})(?:\.(\d{1,2}))?", variant, re.ASCII)
    return (int(match[1]), int(match[2] or 0)) if match else (0, 0)
