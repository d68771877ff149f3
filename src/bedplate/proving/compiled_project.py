"""How a Go or Rust program is built, from the Dockerfile and sources beside its lock file.

The answers are notes of the module or crate itself: `CGO_ENABLED=0`, `static`, `pie`, `cgo`,
`net`, `sources` (there were some), `target=x86_64-unknown-linux-musl`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.locked_package import LockedProject

WANTS: tuple[Want, ...] = (
    *(Want(f"**/{name}") for name in ("Dockerfile", "*.Dockerfile", "Containerfile", "Makefile")),
    *(Want(f"**/.cargo/{name}") for name in ("config.toml", "config")),
    Want("**/*.go", MIB),
)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_CGO = re.compile(r"\bCGO_ENABLED[= ][\"']?([01])\b")
_STATIC = re.compile(r"-extldflags[= ]\\?[\"']?[^\"'\n]*-static\b|target-feature=\+crt-static")
_PIE = re.compile(r"-buildmode[= ]pie\b")
_PURE_NET = re.compile(r"-tags[= ][\"']?[^\n\"']*\bnetgo\b")
_TARGET = re.compile(r"\b([a-z0-9_]+-(?:unknown|alpine)-linux-(?:musl|gnu)[a-z]*)\b")
_IMPORT_C = re.compile(rb"^[ \t]*(?:import[ \t]+)?\"C\"[ \t]*$", re.MULTILINE)
_IMPORT_NET = re.compile(
    rb"^[ \t]*(?:import[ \t]+)?(?:\w+[ \t]+)?\"(?:net|net/http|os/user)\"", re.MULTILINE
)
_OWN = frozenset(("golang", "cargo"))


def read_build(instructions: Iterable[str], sources: Iterable[bytes]) -> tuple[str, ...]:
    """Read how a program is built.

    Args:
        instructions: Dockerfiles, Makefiles, configurations of Cargo.
        sources: files of Go.
    """
    notes: set[str] = set()
    for text in instructions:
        plain = _COMMENT.sub("", text)
        notes.update(f"CGO_ENABLED={match[1]}" for match in _CGO.finditer(plain))
        notes.update(f"target={match[1]}" for match in _TARGET.finditer(plain))
        for word, pattern in (("static", _STATIC), ("pie", _PIE), ("netgo", _PURE_NET)):
            if pattern.search(plain):
                notes.add(word)
    for source in sources:
        notes.add("sources")
        notes.update(["cgo"] if _IMPORT_C.search(source) else [])
        notes.update(["net"] if _IMPORT_NET.search(source) else [])
    return tuple(sorted(notes))


def with_build(project: LockedProject, files: Mapping[str, bytes]) -> LockedProject:
    """Note of the program itself how it is built.

    Args:
        project: a lock file.
        files: content by path, of those of `WANTS` in the folder of the lock file and below.
    """
    if not any(one.ecosystem in _OWN and one.direct for one in project.packages.values()):
        return project
    texts = [one.decode("utf-8", "replace") for path, one in files.items() if not _is_go(path)]
    notes = read_build(texts, [one for path, one in files.items() if _is_go(path)])
    packages = {
        key: replace(one, notes=notes) if one.ecosystem in _OWN and one.direct else one
        for key, one in project.packages.items()
    }
    return replace(project, packages=packages)


def _is_go(path: str) -> bool:
    return path.endswith(".go") and not path.endswith("_test.go")
