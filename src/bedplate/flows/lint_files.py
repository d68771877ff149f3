"""Run text rules over the Dockerfiles of a run, those that stand in other files too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput
from bedplate.flows.text_files import open_files
from bedplate.linting.checking import check_file, chosen_rules, linted_file
from bedplate.linting.inline_linting import InlinePlaces, check_inline
from bedplate.model.skipped import Skipped
from bedplate.repofiles import inline_dockerfiles
from bedplate.repofiles.reading import can_be_built, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedplate.flows.build_contexts import BuildContexts
    from bedplate.linting.rule import Rule
    from bedplate.linting.settings import LintSettings
    from bedplate.model.image_use import ImageUse, SkippedUse
    from bedplate.model.violation import Violation
    from bedplate.repofiles.building import InlineDockerfile

_FEW = 8000  # characters that tell what kind of file it is


class LintedText(NamedTuple):
    """A file of a run.

    Args:
        path: where it is.
        text: all of it.
        is_dockerfile: or of another kind.
        asked: whether the user named the file itself.
    """

    path: Path
    text: str
    is_dockerfile: bool
    asked: bool


@dataclass(slots=True)
class LintedFiles:
    """The files of a run.

    Args:
        by_name: those that were read.
        skipped: what could not be read or linted.
        inline: names of those in which Dockerfiles stand.
        images: what Dockerfiles name, by their names.
    """

    by_name: dict[str, LintedText] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    inline: set[str] = field(default_factory=set)
    images: dict[str, tuple[ImageUse | SkippedUse, ...]] = field(default_factory=dict)

    def leave_out(self, name: str, error: BadInput) -> None:
        """Skip a file with its reason.

        Raises:
            BadInput: the user named it.
        """
        reason = error.message.removeprefix(f"{name}: ")
        if self.by_name.pop(name).asked:
            error.message = f"{name}: {reason}"
            raise error
        self.skipped.append(Skipped(name, reason))


def read_files(folder: Path, paths: Sequence[str], *, every: bool) -> LintedFiles:
    """Read the files of a run.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        every: files of every kind, or only those that describe builds.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    files = LintedFiles()
    for opened in open_files(folder, paths, None if every else can_be_built):
        if isinstance(opened, Skipped):
            files.skipped.append(opened)
            continue
        name, text = opened.file.path, opened.file.text
        kind = kind_of(name, text[:_FEW])
        # what the user names is a Dockerfile unless it is known to be something else
        is_dockerfile = opened.asked if kind is None else kind.NAME == "dockerfile"
        if is_dockerfile or every or hasattr(kind, "builds"):
            files.by_name[name] = LintedText(opened.path, text, is_dockerfile, opened.asked)
    return files


def check_files(
    files: LintedFiles, settings: LintSettings, contexts: BuildContexts
) -> Iterator[Violation]:
    """Run the text rules; files that can't be parsed are skipped.

    Raises:
        BadInput: a file that the user named can't be parsed.
    """
    rules = chosen_rules(settings)
    for name, file in list(files.by_name.items()):
        try:
            if file.is_dockerfile:
                ignored = contexts.dockerignore(file.path)
                parsed = linted_file(file.text, settings, ignored)
                yield from check_file(parsed, rules, name)
                files.images[name] = parsed.images
                continue
            inline = inline_dockerfiles(name, file.text)
        except BadInput as error:
            files.leave_out(name, error)
            continue
        if inline:
            files.inline.add(name)
            yield from _check_inline(files, name, inline, (settings, rules, contexts))


def _check_inline(
    files: LintedFiles,
    name: str,
    found: list[InlineDockerfile | Skipped],
    means: tuple[LintSettings, Sequence[Rule], BuildContexts],
) -> Iterator[Violation]:
    settings, rules, contexts = means
    text = files.by_name[name].text
    for one in found:
        if isinstance(one, Skipped):
            files.skipped.append(one)
            continue
        places = InlinePlaces(one.value, text)
        try:
            file = linted_file(one.value.text, settings, contexts.of_folder(one.context))
            yield from check_inline(file, places, rules, name)
        except BadInput as error:
            where = f"{name}: inline Dockerfile at line {places.line(1)}"
            files.skipped.append(Skipped(where, error.message))
