"""One file: the text that it gets when some of its images move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.image_use import ImageUse
from bedplate.model.skipped import Skipped
from bedplate.repofiles import Replacement, rewrite
from bedplate.updating.composed_tag import composed_replacement
from bedplate.updating.pin_place import contradicting, count_variables, obstacle, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.outdated_report import OutdatedRow
    from bedplate.updating.pin_file import NamedImages


def editable(
    rows: Iterable[OutdatedRow], files: Mapping[str, NamedImages]
) -> tuple[list[OutdatedRow], list[Skipped]]:
    """Part the rows that can be edited from those that people must edit.

    Args:
        rows: each has a candidate.
        files: by path.

    Returns:
        rows, and places with what is in the way.
    """
    fine: list[OutdatedRow] = []
    skipped: list[Skipped] = []
    for row in rows:
        reason = _obstacle(row, files[row.path].file.text)
        if reason:
            skipped.append(_skipped(row, reason))
        else:
            fine.append(row)
    for row in _clashing(fine, files):
        fine.remove(row)
        skipped.append(_skipped(row, f"{row.use.argument} holds other tags too: edit it by hand"))
    return fine, skipped


def updated_text(path: str, text: str, rows: Iterable[OutdatedRow]) -> str:
    """Write the candidates of a file's rows into it.

    Args:
        path: named in errors.
        text: in which the uses were found.
        rows: from `editable`, of this file.

    Raises:
        BadInput: it can't be done after all.
    """
    return rewrite(path, text, [_replacement(row, text) for row in rows])


def _clashing(rows: list[OutdatedRow], files: Mapping[str, NamedImages]) -> list[OutdatedRow]:
    """List rows that would move an image for which nothing, or something else, was decided.

    Two images may have their tags from one ARG: both must want the same of it.
    """
    found: list[OutdatedRow] = []
    for path, some in _by_path(rows):
        file = files[path]
        changes = {row.use: _replacement(row, file.file.text) for row in some}
        clashes = contradicting(changes.values())
        uses = [use for use in file.found if isinstance(use, ImageUse)]
        for row in some:
            change = changes[row.use]
            shared = [use for use in uses if _shares(use, row.use)]
            if place_of(change.use) in clashes or any(use not in changes for use in shared):
                found.append(row)
    return found


def _shares(use: ImageUse, other: ImageUse) -> bool:
    return bool(other.argument) and use.argument == other.argument


def _obstacle(row: OutdatedRow, text: str) -> str:
    replacement = _replacement(row, text)
    new_digest = bool(replacement.digest) and not row.use.digest
    # a digest behind a tag that an ARG holds would go wherever the ARG goes; a newer tag may
    reason = ""
    if new_digest or replacement.tag is not None:
        reason = obstacle(replacement.use, text, count_variables(text) if new_digest else {})
    place = row.use.digest_span
    if not reason and row.use.digest and (place is None or place.of(text) != row.use.digest):
        reason = "its digest does not stand in one place: edit it by hand"
    if not reason:
        try:
            rewrite(row.path, text, [replacement])
        except BadInput as error:
            reason = error.message
    return reason.replace("pin it by hand", "edit it by hand")


def _replacement(row: OutdatedRow, text: str) -> Replacement:
    candidate = row.decision.candidate
    if candidate is None:
        return Replacement(row.use)
    tag = candidate.tag if candidate.tag not in (row.use.tag, row.reference.tag) else None
    pinned = bool(row.use.digest) or bool(row.policy.pin_digests)
    digest = candidate.digest if pinned else None
    if tag is not None and row.use.tag and row.use.tag_span is None:
        composed = composed_replacement(row.use, tag, text)
        if composed is not None:
            return replace(composed, digest=digest)
    return Replacement(row.use, tag=tag, digest=digest)


def _by_path(rows: Iterable[OutdatedRow]) -> list[tuple[str, list[OutdatedRow]]]:
    found: dict[str, list[OutdatedRow]] = {}
    for row in rows:
        found.setdefault(row.path, []).append(row)
    return list(found.items())


def _skipped(row: OutdatedRow, reason: str) -> Skipped:
    return Skipped(f"{row.path}:{row.use.line}: {row.use.written}", reason)
