"""Begin: a policy and workflows, made for what a project has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.advising.project_kinds import PROJECT_KINDS
from bedplate.errors import BadInput, StorageError
from bedplate.flows.pin_files import read_named
from bedplate.flows.project_folder import read_project
from bedplate.model.image_use import ImageUse
from bedplate.model.starter import StarterProject
from bedplate.updating.edited_file import replace_file
from bedplate.updating.pin_place import reference_of
from bedplate.updating.starter_files import STARTER_FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from bedplate.model.starter import StarterText
    from bedplate.model.update_policy import UpdateSettings


class Started(NamedTuple):
    """A file, and what it is to hold."""

    place: str
    content: StarterText


def look_at_project(folder: Path, settings: UpdateSettings) -> StarterProject:
    """Find out what the first configuration of a project depends on.

    Args:
        folder: top of the repository.
        settings: how its images are updated so far.
    """
    named, _ = read_named(folder, ())
    uses = [use for one in named for use in one.found if isinstance(use, ImageUse)]
    references = [one for one in map(reference_of, uses) if not isinstance(one, str)]
    files = read_project(folder).files
    return StarterProject(
        files={
            one.file.path: use.kind
            for one in named
            for use in one.found
            if isinstance(use, ImageUse)
        },
        images=tuple(sorted({one.familiar_name for one in references} - {"scratch"})),
        places=len(uses),
        pinned=sum(bool(use.digest) for use in uses),
        languages=tuple(kind.TITLE for kind in PROJECT_KINDS if kind.recognises(files)),
        settings=settings,
    )


def plan_files(project: StarterProject, names: Collection[str]) -> tuple[Started, ...]:
    """Write down what some files are to hold; nothing is put in place.

    Args:
        project: from `look_at_project`.
        names: of entries of `STARTER_FILES`.
    """
    wanted = (entry for entry in STARTER_FILES if entry.NAME in names)
    return tuple(Started(entry.PLACE, entry.write(project)) for entry in wanted)


def write_started(folder: Path, files: Sequence[Started], *, force: bool = False) -> None:
    """Put files in place: all of them, or none when one is there already.

    Args:
        folder: top of the repository.
        files: from `plan_files`.
        force: write over what is there.

    Raises:
        BadInput: a file is there, or its folder leads out of the project by a link.
        StorageError: one can't be written.
    """
    top = folder.resolve()
    for one in files:
        path = folder / one.place
        if not force and (path.exists() or path.is_symlink()):
            raise BadInput(f"{one.place} is there already", "add --force to write over it")
        if not path.parent.resolve().is_relative_to(top):
            raise BadInput(f"{one.place} would be outside of the project", "its folder is a link")
    for one in files:
        path = folder / one.place
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, one.content.text.encode())
        except OSError as error:
            raise StorageError(f"{one.place}: {error.strerror or error}") from error
