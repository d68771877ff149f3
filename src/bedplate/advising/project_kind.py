"""The contract of an entry on the shelf `project_kinds/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.recipe import Recipe
    from bedplate.advising.source_needs import Sign
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Evidence, Need, Needs, Start


class ProjectKind(Protocol):
    """Projects of one language or tool chain.

    NAME is the word for `--runtime`, TITLE is for people. PRODUCT is the key of the end-of-life
    table that its versions are cycles of, empty for none. REPOSITORIES are the image names, as
    people write them, whose tags are versions of the runtime. WANTED are globs of file names
    that are read besides the Dockerfile; SUFFIXES those of its sources, in which SIGNS are
    looked for. DEFAULT_VERSION is a cycle to fall back to when no file says one. A kind whose
    programs can bring zone data along has `embeds_zones(files)` too, which tells whether this one
    does.
    """

    NAME: str
    TITLE: str
    PRODUCT: str
    DEFAULT_VERSION: str

    @property
    def REPOSITORIES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Names of images, as `node`."""
        ...

    @property
    def WANTED(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Globs of file names."""
        ...

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Endings of source files."""
        ...

    @property
    def SIGNS(self) -> tuple[Sign, ...]:  # noqa: N802 - a constant of the module
        """What to look for in sources."""
        ...

    def recognises(self, files: ProjectFiles, /) -> bool:
        """Tell whether the project is one of this kind."""
        ...

    def versions(self, files: ProjectFiles, /) -> Iterator[tuple[str, Evidence]]:
        """Give what the files say of the runtime's version, what counts most first."""
        ...

    def needs(self, files: ProjectFiles, /) -> Iterator[Need]:
        """Give what its own files ask for; sources and the Dockerfile are read elsewhere."""
        ...

    def start(self, files: ProjectFiles, /) -> Start:
        """Tell how it is started when no Dockerfile says so."""
        ...

    def families(self, files: ProjectFiles, image: str, /) -> tuple[ImageFamily, ...]:
        """List the ways its images are built, the one with everything first.

        Args:
            files: the project.
            image: on which it stands today; may be empty.
        """
        ...

    def recipe(self, files: ProjectFiles, needs: Needs, family: ImageFamily, /) -> Recipe:
        """Tell how it is built for an image of that family, and started on it.

        Args:
            files: the project; without any for a new one.
            needs: what it asks for.
            family: of the final image.
        """
        ...
