"""One file: the text that it gets when some of its images move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles import Replacement, rewrite
from bedplate.updating.pin_place import contradicting, count_variables, obstacle, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.outdated_report import OutdatedRow


def editable(
    rows: Iterable[OutdatedRow], texts: Mapping[str, str]
) -> tuple[list[OutdatedRow], list[Skipped]]:
    """Part the rows that can be edited from those that people must edit.

    Args:
        rows: each has a candidate.
        texts: of the files, by path.

    Returns:
        rows, and places with what is in the way.
    """
    fine: list[OutdatedRow] = []
    skipped: list[Skipped] = []
    for row in rows:
        reason = _obstacle(row, texts[row.path])
        if reason:
            skipped.append(_skipped(row, reason))
        else:
            fine.append(row)
    clashes = {path: contradicting(map(_replacement, some)) for path, some in _by_path(fine)}
    for row in list(fine):
        if place_of(row.use) in clashes[row.path]:
            fine.remove(row)
            skipped.append(_skipped(row, "shares its tag with another image: edit it by hand"))
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
    return rewrite(path, text, map(_replacement, rows))


def _obstacle(row: OutdatedRow, text: str) -> str:
    replacement = _replacement(row)
    new_digest = bool(replacement.digest) and not row.use.digest
    # a digest behind a tag that an ARG holds would go wherever the ARG goes; a newer tag may
    reason = ""
    if new_digest or replacement.tag is not None:
        reason = obstacle(row.use, text, count_variables(text) if new_digest else {})
    place = row.use.digest_span
    if not reason and row.use.digest and (place is None or place.of(text) != row.use.digest):
        reason = "its digest does not stand in one place: edit it by hand"
    if not reason:
        try:
            rewrite(row.path, text, [replacement])
        except BadInput as error:
            reason = error.message
    return reason.replace("pin it by hand", "edit it by hand")


def _replacement(row: OutdatedRow) -> Replacement:
    candidate = row.decision.candidate
    if candidate is None:
        return Replacement(row.use)
    tag = candidate.tag if candidate.tag not in (row.use.tag, row.reference.tag) else None
    pinned = bool(row.use.digest) or bool(row.policy.pin_digests)
    return Replacement(row.use, tag=tag, digest=candidate.digest if pinned else None)


def _by_path(rows: Iterable[OutdatedRow]) -> list[tuple[str, list[OutdatedRow]]]:
    found: dict[str, list[OutdatedRow]] = {}
    for row in rows:
        found.setdefault(row.path, []).append(row)
    return list(found.items())


def _skipped(row: OutdatedRow, reason: str) -> Skipped:
    return Skipped(f"{row.path}:{row.use.line}: {row.use.written}", reason)
