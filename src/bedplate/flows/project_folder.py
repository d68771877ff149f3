"""Read what tells of a project's needs out of its folder, within bounds."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advising.project_files import ProjectFiles
from bedplate.advising.project_kinds import PROJECT_KINDS
from bedplate.advising.versions_of_tools import TOOL_FILES
from bedplate.advising.wanted_platforms import PLATFORM_FILES
from bedplate.errors import ImageNotFound
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IGNORED = frozenset(
    [
        "__pycache__",
        "bower_components",
        "build",
        "coverage",
        "dist",
        "node_modules",
        "obj",
        "site-packages",
        "target",
        "vendor",
        "venv",
    ]
)
_KEPT_HIDDEN = frozenset((".github", ".mvn"))
_DOCKERFILES = ("Dockerfile", "Containerfile", "dockerfile")
_PROGRAM_FOLDERS = frozenset(("", "bin", "out"))
_MAX_DEPTH = 8
_MAX_ENTRIES = 20_000
_MAX_SOURCES = 2_000
_MAX_SOURCE = 512 * 1024
_MAX_FILE = 32 * 1024 * 1024  # lock files of large monorepos
_MAX_TOTAL = 128 * 1024 * 1024
_MAX_PROGRAM = 256 * 1024 * 1024
_MAX_PROGRAMS = 5
_ELF = b"\x7fELF"


class ProjectFolder(NamedTuple):
    """What was read, and what was not."""

    files: ProjectFiles
    skipped: tuple[Skipped, ...]


def read_project(folder: Path, dockerfile: str = "") -> ProjectFolder:
    """Read a project.

    Folders of packages, builds and tools are left out, and so are links.

    Args:
        folder: its root.
        dockerfile: path of the Dockerfile from there; empty to take the one with a usual name.

    Raises:
        ImageNotFound: no such folder, or no such Dockerfile.
    """
    if not folder.is_dir():
        raise ImageNotFound(f"{folder}: no such folder", "give the folder of a project")
    reader = _Reader(folder)
    reader.read()
    chosen = dockerfile or next((one for one in _DOCKERFILES if one in reader.contents), "")
    if dockerfile and dockerfile not in reader.contents and not reader.take(dockerfile):
        raise ImageNotFound(f"{folder / dockerfile}: no such file", "name the Dockerfile")
    return ProjectFolder(
        ProjectFiles(reader.contents, chosen, reader.programs), tuple(reader.skipped)
    )


class _Reader:
    """Goes through a folder once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.contents: dict[str, bytes] = {}
        self.programs: dict[str, bytes] = {}
        self.skipped: list[Skipped] = []
        self._names = tuple(
            {
                *_DOCKERFILES,
                ".dockerignore",
                *TOOL_FILES,
                *PLATFORM_FILES,
                *(glob for kind in PROJECT_KINDS for glob in kind.WANTED),
            }
        )
        self._plain = frozenset(name for name in self._names if "*" not in name)
        self._globs = tuple(name for name in self._names if "*" in name)
        self._suffixes = tuple(suffix for kind in PROJECT_KINDS for suffix in kind.SUFFIXES)
        self._total = self._sources = 0

    def read(self) -> None:
        for number, (path, entry) in enumerate(self._entries()):
            if number == _MAX_ENTRIES:
                self.skipped.append(Skipped(".", f"more than {_MAX_ENTRIES} files"))
                return
            self._look_at(path, entry)

    def _entries(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        waiting = [("", 0)]
        while waiting:
            prefix, depth = waiting.pop(0)
            try:
                with os.scandir(self._folder / prefix) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                self.skipped.append(Skipped(prefix or ".", str(error.strerror or error)))
                continue
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    hidden = entry.name.startswith(".") and entry.name not in _KEPT_HIDDEN
                    if depth < _MAX_DEPTH and not hidden and entry.name not in _IGNORED:
                        waiting.append((f"{path}/", depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    yield path, entry

    def _look_at(self, path: str, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if name in self._plain or any(fnmatchcase(name, glob) for glob in self._globs):
            self.take(path)
        elif name.endswith(self._suffixes):
            self._sources += 1
            if self._sources == _MAX_SOURCES:
                self.skipped.append(Skipped(path, f"after {_MAX_SOURCES} sources no more are read"))
            if self._sources < _MAX_SOURCES and entry.stat().st_size <= _MAX_SOURCE:
                self.take(path)
        elif path.rpartition("/")[0] in _PROGRAM_FOLDERS and "." not in name.lstrip("."):
            self._take_program(path, entry)

    def take(self, path: str) -> bool:
        """Read a file; False when it can't be."""
        try:
            with (self._folder / path).open("rb") as file:
                content = file.read(_MAX_FILE + 1)
        except OSError as error:
            self.skipped.append(Skipped(path, str(error.strerror or error)))
            return False
        self._total += len(content)
        if len(content) > _MAX_FILE or self._total > _MAX_TOTAL:
            self.skipped.append(Skipped(path, "too large"))
            return False
        self.contents[path] = content
        return True

    def _take_program(self, path: str, entry: os.DirEntry[str]) -> None:
        size = entry.stat().st_size
        if len(self.programs) == _MAX_PROGRAMS or not 64 <= size <= _MAX_PROGRAM:
            return
        try:
            with (self._folder / path).open("rb") as file:
                start = file.read(4)
                if start == _ELF:
                    self.programs[path] = start + file.read()
        except OSError as error:
            self.skipped.append(Skipped(path, str(error.strerror or error)))
