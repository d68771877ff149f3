"""Make the change that was advised: another FROM, or a multi-stage Dockerfile."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.advising.base_change import alarms, base_changed, obstacle
from bedplate.advising.build_plan import pinned, plan_build
from bedplate.advising.carried_over import kept_instructions, open_ends, workdir_of
from bedplate.advising.dockerfile_text import dockerfile_text, dockerignore_text
from bedplate.errors import BadInput
from bedplate.model.needs import NeedKind
from bedplate.model.pin import ChangedFile
from bedplate.updating.edited_file import EditedFile

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.advise import Advised
    from bedplate.model.advice import Judgement

DOCKERFILE, DOCKERIGNORE = "Dockerfile", ".dockerignore"


class Change(NamedTuple):
    """What is to be written.

    Args:
        files: with their new texts; none when nothing changes.
        notes: what a person has to look after.
    """

    files: tuple[ChangedFile, ...]
    notes: tuple[str, ...] = ()


def change_of(found: Advised, *, onto: str = "", whole: bool = False) -> Change:
    """Work out the change for the advised image, or for another candidate.

    Args:
        found: the advice, and the project.
        onto: name of a candidate; empty for the advised one.
        whole: a multi-stage Dockerfile, even where changing FROM would do.

    Raises:
        BadInput: no such candidate, a refused one, or one that can't be written for.
    """
    chosen = _chosen(found, onto)
    file = found.files.linted
    if chosen.current and not whole:
        return Change((), (f"it stays on {chosen.image}: nothing to change",))
    if file is not None and file.stages and not whole:
        reason = obstacle(file, chosen, found.advice.needs)
        text = base_changed(file, chosen, pinned(chosen.image, chosen.digest))
        if text and not reason and not alarms(text):
            return Change((_changed(found, found.files.dockerfile, text),), _unpinned(chosen))
    return _whole(found, chosen)


def write_change(change: Change, folder: Path) -> tuple[str, ...]:
    """Write the files of a change, each whole or not at all.

    Args:
        change: what is to be written.
        folder: of the project.

    Returns:
        names of the files.

    Raises:
        StorageError: a file can't be written, or was changed by someone else meanwhile.
    """
    for one in change.files:
        target = (folder / one.path).resolve()
        content = one.old.encode("utf-8", "surrogateescape") if target.exists() else None
        EditedFile(one.path, target, content).write(one.new)
    return tuple(one.path for one in change.files)


def _chosen(found: Advised, onto: str) -> Judgement:
    if not onto:
        best = found.advice.advised
        if best is None:
            raise BadInput("no image fits", "`bedplate advise` says why each is refused")
        return best
    for one in found.advice.judgements:
        if onto in (one.image, one.family.name):
            if one.refused:
                reason = next((remark.text for remark in one.remarks if remark.refuses), "")
                raise BadInput(f"{one.image} is refused: {reason}")
            return one
    names = ", ".join(one.image for one in found.advice.judgements)
    raise BadInput(f"{onto} is none of the candidates", f"known: {names}")


def _whole(found: Advised, chosen: Judgement) -> Change:
    needs, files = found.advice.needs, found.files
    recipe = found.kind.recipe(files, needs, chosen.family)
    notes: list[str] = []
    kept: tuple[str, ...] = ()
    if files.linted is not None and files.linted.stages:
        folder = workdir_of(files.linted)
        recipe = recipe.in_folder(folder) if folder and recipe.keyword == "CMD" else recipe
        kept = tuple(kept_instructions(files.linted, recipe, chosen.family))
        notes += open_ends(files.linted, chosen.family)
    wishes = ", ".join(need.what for need in needs.of(NeedKind.DEBUGGING))
    notes += (f"left out, as they only help to debug: {wishes}",) if wishes else ()
    plan = plan_build(chosen, needs, recipe, kept=kept)
    changed = [_changed(found, files.dockerfile or DOCKERFILE, dockerfile_text(plan))]
    if not files.has(DOCKERIGNORE):
        changed.append(ChangedFile(DOCKERIGNORE, "", dockerignore_text(plan)))
    notes += (f"{one.message} (line {one.line})" for one in alarms(changed[0].new))
    return Change(tuple(changed), (*notes, *_unpinned(chosen)))


def _changed(found: Advised, path: str, text: str) -> ChangedFile:
    old = found.files.contents.get(path, b"").decode("utf-8", "surrogateescape")
    return ChangedFile(path, old, text)


def _unpinned(chosen: Judgement) -> tuple[str, ...]:
    if chosen.digest or chosen.image == "scratch":
        return ()
    return (f"{chosen.image} has no digest yet: `bedplate pin` asks the registry for it",)
