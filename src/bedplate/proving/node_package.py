"""An installed npm package: what its package.json says, and which compiled files it has.

Source: npm documentation, "package.json".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.proving.application import Application

_FOLDER = re.compile(r"(?:.*/)?node_modules/(?:@[^/]+/)?[^/.][^/]*(?=/)")
MANIFEST = "package.json"
_MAX_PACKAGES = 50_000
_BUILDS = re.compile(
    r"\b(?:node-gyp|node-pre-gyp|prebuild-install|node-gyp-build|cmake-js|napi-rs|nw-gyp)\b"
)
# scripts of this name make what a package can't do without; in `postinstall`, also what it can
_FETCHES = re.compile(r"\binstall\.(?:js|mjs|cjs|sh)\b|\bdownload")


@dataclass(frozen=True)
class NodePackage:
    """A folder of node_modules.

    Args:
        folder: its path.
        name: as its package.json says.
        version: the same.
        os, cpu, libc: what it may be installed on; empty: anywhere.
        hard: names of dependencies.
        optional: names of optional dependencies.
        script: commands that run when it is installed.
        builds: it has sources that are compiled, or such a script.
        fetches: its install script is one of its own, which most probably downloads something.
        files: paths of its compiled files, sorted.
    """

    folder: str
    name: str
    version: str = ""
    os: tuple[str, ...] = ()
    cpu: tuple[str, ...] = ()
    libc: tuple[str, ...] = ()
    hard: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    script: str = ""
    builds: bool = False
    fetches: bool = False
    files: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()


def folder_of(path: str) -> str:
    """Give the folder of the package that a path is in; empty when it is in none."""
    match = _FOLDER.match(path)
    return match[0] if match else ""


def find_packages(application: Application) -> dict[str, NodePackage]:
    """Give the installed packages by folder."""
    found: dict[str, NodePackage] = {}
    for path in application.entries:
        if not path.endswith(f"/{MANIFEST}") or len(found) >= _MAX_PACKAGES:
            continue
        folder = path[: -len(MANIFEST) - 1]
        if folder_of(path) == folder:
            found[folder] = read_package(folder, application)
    for path in application.compiled:
        owner = found.get(folder_of(path))
        if owner:
            owner.files.append(path)
    return found


def read_package(folder: str, application: Application) -> NodePackage:
    """Read what the package.json of a folder says; a damaged one says nothing.

    Args:
        folder: which has one.
        application: whose folder it is.
    """
    content = application.read(f"{folder}/{MANIFEST}")
    try:
        document = json.loads(bytes(content or b""))
    except (ValueError, RecursionError):
        document = {}
    if not isinstance(document, dict):
        document = {}
    scripts = document.get("scripts")
    texts = (
        [scripts.get(name) for name in ("preinstall", "install", "postinstall")]
        if (isinstance(scripts, dict))
        else []
    )
    script = " && ".join(text for text in texts if isinstance(text, str))[:2000]
    gyp = document.get("gypfile") is not False and f"{folder}/binding.gyp" in application.entries
    name = document.get("name")
    version = document.get("version")
    optional = _keys(document.get("optionalDependencies"))
    return NodePackage(
        folder,
        name if isinstance(name, str) and name else folder.rpartition("node_modules/")[2],
        version if isinstance(version, str) else "",
        _texts(document.get("os")),
        _texts(document.get("cpu")),
        _texts(document.get("libc")),
        tuple(one for one in _keys(document.get("dependencies")) if one not in optional),
        optional,
        script,
        gyp or _BUILDS.search(script) is not None,
        _FETCHES.search(texts[1]) is not None if texts and isinstance(texts[1], str) else False,
    )


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(value)[:1000] if isinstance(value, dict) else ()


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(_only_texts(value)) if isinstance(value, list) else ()


def _only_texts(values: Iterable[Any]) -> Iterable[str]:
    return (one for one in values if isinstance(one, str))
