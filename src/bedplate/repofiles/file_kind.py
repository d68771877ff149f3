"""The contract of an entry on the shelf `file_kinds/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile


class FileKind(Protocol):
    """Reads one kind of file that names images.

    NAME is the word shown in reports, WANTS are globs of the paths it reads (`*` within a
    component, `**/` any folders). A module whose files describe builds of Dockerfiles has
    `builds(file)` beside them, which yields `Build` values.
    """

    NAME: str
    WANTS: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Say whether a file with such a path can be of this kind: cheap, without parsing."""
        ...

    def images(self, file: Repofile) -> Iterator[ImageUse | Skipped | None]:
        """Yield what names an image, in any order, and what could not be read.

        A value that names no image may be yielded as None.

        Raises:
            BadInput: the file can't be read at all.
        """
        ...
