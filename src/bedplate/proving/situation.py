"""An application upon a base: what its files would find if they ran there."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.abi_profile import read_abi_profile
from bedplate.binaries.library_worlds import LayeredLibraries, TreeLibraries
from bedplate.binaries.link_map import Settings
from bedplate.images.file_tree import FileTree
from bedplate.proving.application import ApplicationLibraries
from bedplate.runtimes.find import find_runtimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.binaries.library_world import LibraryWorld
    from bedplate.model.abi_profile import AbiProfile, MainProgram
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader
    from bedplate.proving.application import Application
    from bedplate.proving.candidate import Candidate

ASSUMED_LEVEL = 2
"""Of x86-64: every processor that clouds have rented out for years."""


class Situation:
    """One application on one base.

    Args:
        application: to judge.
        candidate: the base.
    """

    def __init__(self, application: Application, candidate: Candidate) -> None:
        self.application = application
        self.candidate = candidate

    @cached_property
    def _merged(self) -> FileTree | None:
        """Both file systems in one, as the image would have it."""
        upper, lower = self.application.tree, self.candidate.tree
        if isinstance(upper, FileTree) and isinstance(lower, FileTree):
            return FileTree((*lower.layers, *upper.layers))
        return None

    @cached_property
    def world(self) -> LibraryWorld:
        """The libraries of both."""
        if self._merged is not None:
            return _MergedLibraries(self._merged, self.application, self.candidate)
        return LayeredLibraries(ApplicationLibraries(self.application), self.candidate.world)

    @cached_property
    def profile(self) -> AbiProfile:
        """What is there beside libraries; of both as far as their files are known."""
        world = self.world
        if isinstance(world, TreeLibraries):
            return read_abi_profile(world, find_runtimes(world.tree), libraries=False)
        return self.candidate.profile

    @cached_property
    def settings(self) -> Settings:
        """What the environment tells loaders."""
        config = self.application.config
        pairs = (line.partition("=") for line in (config.environment if config else ()))
        settings = Settings.of_environment({name: value for name, _, value in pairs})
        return replace(settings, isa_level=ASSUMED_LEVEL)

    @cached_property
    def loaders(self) -> Sequence[Loader]:
        """Its dynamic loaders, musl's first."""
        return tuple(self.world.loaders)

    @cached_property
    def machine(self) -> int:
        """`e_machine` of what runs there; 0 when nothing shows it."""
        machines = [loader.machine for loader in self.loaders]
        return machines[0] if machines else self.candidate.machine

    def runs(self, elf: ElfFile) -> bool:
        """Tell whether the processor is the right one."""
        machines = {loader.machine for loader in self.loaders} or {self.machine}
        return elf.machine in machines or machines == {0}

    def loader_for(self, elf: ElfFile) -> Loader | None:
        """Give the loader of a process that a library could be opened in."""
        fitting = (elf.machine, elf.bits)
        return next((one for one in self.loaders if (one.machine, one.bits) == fitting), None)

    def main_program(self, name: str) -> MainProgram | None:
        """Give `node` or `python` of the base, or the one that the application brings."""
        return next((one for one in self.profile.main_programs if one.name == name), None)

    def has(self, path: str) -> bool | None:
        """Tell whether a file or folder is there; None when that is not known."""
        if self._merged is not None:
            return self._merged.resolve(path.strip("/")) is not None
        if self.application.tree.resolve(path.strip("/")) is not None:
            return True
        return self.candidate.has(path)


class _MergedLibraries(TreeLibraries):
    """Libraries of the merged tree; each file is read where it is known already."""

    def __init__(self, tree: FileTree, application: Application, candidate: Candidate) -> None:
        super().__init__(tree, self._bytes)
        self._application = application
        self._candidate = candidate

    def _bytes(self, path: str) -> bytes | memoryview | None:
        if path in self._application.entries:
            return self._application.read(path)
        read = self._candidate.read
        return read(path) if read else self.tree.read(path)

    def _read(self, path: str) -> ElfFile | None:
        if path in self._application.entries:
            file = self._application.file(path)
            return file.elf if file else None
        found = self._candidate.world.library(path)
        return found.elf if found else None
