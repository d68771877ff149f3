"""Perl, when its standard library is there too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.model.want import MIB, Want
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    libraries,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, leading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "perl"
TITLE = "Perl"
EOL_PRODUCT = ""

_SEARCH = rb"\x00v(5\.\d{1,2}\.\d{1,2})\x00"
_NEEDLE = b"\x00v5."
_PROGRAMS = ("**/bin/perl", "**/bin/perl5.*")
_LIBRARY = "**/libperl.so*"

WANTS: tuple[Want, ...] = (
    *(want for glob in _PROGRAMS for want in program(glob, _SEARCH, _NEEDLE)),
    Want(_LIBRARY, 64 * MIB, search=_SEARCH, needle=_NEEDLE),
)

_FILES = ("bin/perl*", "bin/cpan*", "bin/prove", "bin/corelist", "lib/perl5", "lib64/perl5")
# Debian's essential `perl-base` has none of these: scripts of packages run, little else does
_LIBRARIES = ("lib/perl5", "lib64/perl5", "share/perl5/strict.pm", "share/perl5/core_perl")


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every interpreter with a library; Debian's bare `perl-base` is left out."""
    seen = set()
    for path in programs(tree, *_PROGRAMS):
        prefix = prefix_of(path)
        version, evidence = _version(tree, prefix, path)
        if not version or prefix in seen or not _has_library(tree, prefix, version):
            continue
        seen.add(prefix)
        own = has_own_prefix(tree, prefix, ("lib/perl5",))
        yield Runtime(
            NAME,
            TITLE,
            version,
            path,
            evidence,
            roots=(prefix,) if own else present(tree, prefix, _FILES),
            packaged=is_packaged(tree, path),
        )


def _version(tree: Tree, prefix: str, path: str) -> tuple[str, str]:
    if version := found(tree, path):
        return version, path
    alpine = below(prefix, "lib/perl5/core_perl/CORE/libperl.so")
    for library in (*libraries(tree, prefix, _LIBRARY), alpine):
        if version := found(tree, library):
            return version, library
    return "", ""


def _has_library(tree: Tree, prefix: str, version: str) -> bool:
    if any(tree.get(below(prefix, f"share/perl/{v}")) for v in (version, leading(version, 2))):
        return True
    debian = any(
        tree.get(below(prefix, f"lib/{name}/perl-base"))
        for name in tree.children(below(prefix, "lib"))
        if "-linux-gnu" in name
    )
    return not debian and bool(present(tree, prefix, _LIBRARIES))


def from_config(_config: ImageConfig, /) -> Runtime | None:
    """Say nothing: no image is known to set a variable."""
    return None


def cycle(version: str, /) -> str:
    """Give `5.36` of `5.36.0`."""
    return leading(version, 2)
