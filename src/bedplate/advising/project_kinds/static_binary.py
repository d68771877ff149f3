"""A compiled program without its sources: the base has to fit it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advising.compiled_families import compiled_families
from bedplate.advising.recipe import Recipe, arguments_of
from bedplate.binaries.elf import read_elf
from bedplate.errors import BedplateError
from bedplate.model.needs import Evidence, Need, NeedKind, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.source_needs import Sign
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Needs

NAME, TITLE, PRODUCT = "static-binary", "compiled program", ""
DEFAULT_VERSION = ""
REPOSITORIES: tuple[str, ...] = ()
WANTED: tuple[str, ...] = ()
SUFFIXES: tuple[str, ...] = ()
SIGNS: tuple[Sign, ...] = ()


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a compiled program."""
    return bool(files.programs)


def versions(_files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Say nothing: there is no runtime."""
    yield from ()


def needs(files: ProjectFiles) -> Iterator[Need]:
    """Find programs that need a loader, which is the test of being static."""
    for path, content in files.programs.items():
        try:
            elf = read_elf(content)
        except BedplateError:
            continue
        if elf.interpreter:
            what = f"the loader {elf.interpreter}"
            yield Need(NeedKind.NATIVE_CODE, what, Evidence(path, text="PT_INTERP"))


def start(files: ProjectFiles) -> Start:
    """Start the only program, or the first."""
    path = next(iter(files.programs), "")
    return Start(("/app",), Evidence(path)) if path else Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give images for a compiled program; nothing is built."""
    return compiled_families("", (), ())


def recipe(files: ProjectFiles, wanted: Needs, _family: ImageFamily) -> Recipe:
    """Copy the program."""
    path = next(iter(files.programs), "app")
    return Recipe(
        copies=((path, "/app"),),
        folder="/",
        whole=False,
        command=("/app", *arguments_of(wanted)),
        keyword="ENTRYPOINT",
    )
