"""Ruby gems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "gem"

# Source: Gem::Platform; what else follows a hyphen is a prerelease, as others write them.
_PLATFORM = re.compile(
    r"-(?:x86|x64|i\d86|amd64|arm|aarch64|powerpc|ppc|s390|riscv|sparc|universal|java|jruby|dalvik"
    r"|mswin|mingw|linux|darwin|freebsd|solaris|wasm|ruby)"
)


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name as it is; a platform (`1.2-x86_64-linux`) is none of the version."""
    return simple("gem", package.name, _PLATFORM.split(package.version)[0])
