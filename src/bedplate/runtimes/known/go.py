"""The Go toolchain; a program that was built with Go needs none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.model.want import KIB, Want
from bedplate.runtimes.installation import is_packaged, kept, prefix_of, program, programs
from bedplate.runtimes.version_text import found, group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "go"
TITLE = "Go"
EOL_PRODUCT = "go"

_VERSION_FILE = "**/VERSION"
_PROGRAM = "**/bin/go"
_NUMBER = r"(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?)"
_STATED = re.compile(rf"\Ago{_NUMBER}")

# Build information: a header of 32 bytes, a length, the version (Go 1.18 and later).
_BUILD_INFO = rb"\xff Go buildinf:.{18}.go" + _NUMBER.encode()

WANTS: tuple[Want, ...] = (
    Want(_VERSION_FILE, KIB, head=True),
    *program(_PROGRAM, _BUILD_INFO, b"\xff Go buildinf:"),
)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every GOROOT: a VERSION file above the standard library, or the command alone."""
    versions = {}
    for path in kept(tree, _VERSION_FILE):
        root = path.rpartition("/")[0]
        number = group(_STATED, tree.read(path))
        if root and number and (tree.get(f"{root}/src/runtime") or tree.get(f"{root}/bin/go")):
            versions[root] = (number, path)
    for command in programs(tree, _PROGRAM):
        root = prefix_of(command)
        # Debian: the VERSION of usr/lib/go-1.x is a link into usr/share
        shared = tree.resolve(f"{root}/VERSION")
        stated = versions.pop(shared.path.rpartition("/")[0], None) if shared else None
        number, evidence = stated or (found(tree, command), command)
        if number:
            # both folders where there are two; without the file, the command is all we know
            folders = (root, evidence.rpartition("/")[0]) if stated else (command,)
            roots = tuple(dict.fromkeys(folders))
            yield _runtime(tree, number, command, evidence, roots)
    for root, (number, evidence) in versions.items():
        yield _runtime(tree, number, root, evidence, (root,))


def _runtime(tree: Tree, version: str, path: str, evidence: str, roots: tuple[str, ...]) -> Runtime:
    packaged = is_packaged(tree, path)
    return Runtime(NAME, TITLE, version, path, evidence, roots=roots, packaged=packaged)


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `GOLANG_VERSION`, which the official image sets."""
    name, version = variable(config, ("GOLANG_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `1.26` of `1.26.8`."""
    return leading(version, 2)
