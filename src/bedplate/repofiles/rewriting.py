"""Replace parts of images in a file; every other character stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.edit import Edit
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.repofiles.replacement import Replacement

# Nothing that could end a quoted value, begin a comment or open a second line.
_SAFE = re.compile(r"[\w./:@+-]*", re.ASCII)


def rewrite(path: str, text: str, replacements: Iterable[Replacement]) -> str:
    """Write new names, tags and digests where the old ones stand.

    A digest that was not there is put behind the tag, else behind the name; a tag behind the
    name. A part that several uses share, such as the default of an ARG, is edited once.

    Args:
        path: named in errors.
        text: the text in which the uses were found.
        replacements: what to change.

    Returns:
        The new text; quotes, comments, line ends and order are those of the old one.

    Raises:
        BadInput: a part does not stand in one place of the file, the file has changed since
            it was read, or two replacements contradict each other.
    """
    edits: dict[Span, str] = {}
    for one in replacements:
        where = f"{path}:{one.use.line}"
        for span, new in _edits(where, text, one):
            if edits.setdefault(span, new) != new:
                raise BadInput(f"{where}: {one.use.written!r} is to become two different things")
    return _apply(path, text, sorted(edits.items()))


def _edits(where: str, text: str, change: Replacement) -> Iterator[Edit]:
    use = change.use
    whole = use.name + (use.tag and f":{use.tag}") + (use.digest and f"@{use.digest}")
    if use.text != whole:
        raise BadInput(f"{where}: {use.written!r} is not a whole reference", "edit it by hand")
    behind_name = behind_tag = ""
    if change.name is not None and change.name != use.name:
        yield Edit(_placed(where, text, use, "name"), _safe(where, change.name))
    if change.tag is not None and change.tag != use.tag:
        if use.tag:
            yield _part(where, text, use, "tag", _safe(where, change.tag))
        else:
            behind_name = f":{_safe(where, change.tag)}"
    if change.digest is not None and change.digest != use.digest:
        if use.digest:
            yield _part(where, text, use, "digest", _safe(where, change.digest))
        elif use.tag:
            behind_tag = f"@{_safe(where, change.digest)}"
        else:
            behind_name += f"@{_safe(where, change.digest)}"
    if behind_name:
        end = _placed(where, text, use, "name").end
        yield Edit(Span(end, end), behind_name)
    if behind_tag:
        end = _placed(where, text, use, "tag").end
        yield Edit(Span(end, end), behind_tag)


def _placed(where: str, text: str, use: ImageUse, part: str) -> Span:
    """Give the place of a part, after a look whether it still stands there."""
    span: Span | None = getattr(use, f"{part}_span")
    if span is None:
        raise BadInput(
            f"{where}: the {part} of {use.written!r} does not stand in one place of the file",
            "edit it by hand",
        )
    if text[span.start : span.end] != getattr(use, part):
        raise BadInput(f"{where}: the file is not the one in which {use.written!r} was found")
    return span


def _part(where: str, text: str, use: ImageUse, part: str, new: str) -> Edit:
    span = _placed(where, text, use, part)
    if new:
        return Edit(span, new)
    mark = ":" if part == "tag" else "@"
    if text[span.start - 1 : span.start] != mark:
        raise BadInput(
            f"{where}: the {part} of {use.written!r} stands alone and can't be taken away",
            "edit it by hand",
        )
    return Edit(Span(span.start - 1, span.end), "")


def _safe(where: str, new: str) -> str:
    if not _SAFE.fullmatch(new):
        raise BadInput(f"{where}: {new!r} can't be part of an image reference")
    return new


def _apply(path: str, text: str, edits: list[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    position = 0
    for span, new in edits:
        if span.start < position:
            raise BadInput(f"{path}: two replacements overlap")
        pieces += (text[position : span.start], new)
        position = span.end
    return "".join((*pieces, text[position:]))
