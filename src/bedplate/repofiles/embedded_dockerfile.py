"""A Dockerfile that stands inside another file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.dockerfile import parse
from bedplate.errors import BedplateError
from bedplate.model.image_use import ImageUse, SkippedUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.model.span import Span
    from bedplate.repofiles.located import Located
    from bedplate.repofiles.repofile import Repofile


def embedded_images(file: Repofile, value: Located) -> Iterator[ImageUse | Skipped]:
    """Read the images of a Dockerfile, with their places in the file around it.

    Args:
        file: the file around it.
        value: the Dockerfile.
    """
    try:
        found = parse(value.text).images()
    except BedplateError as error:
        yield file.skipped_use("inline Dockerfile", value.outline(), error.message)
        return
    for one in found:
        yield _moved(file, value, one)


def _moved(file: Repofile, value: Located, one: ImageUse | Skipped) -> ImageUse | Skipped:
    if isinstance(one, ImageUse):
        place = _outline(value, one.use_span or one.span)
        return replace(
            one,
            kind=file.kind,
            line=file.line(place.start),
            span=_outline(value, one.span),
            name_span=_span(value, one.name_span),
            tag_span=_span(value, one.tag_span),
            digest_span=_span(value, one.digest_span),
            use_span=place if one.use_span else None,
        )
    if isinstance(one, SkippedUse):
        place = _outline(value, one.span)
        return replace(one, line=file.line(place.start), span=place)
    return one


def _outline(value: Located, span: Span) -> Span:
    return value[span.start : span.end].outline()


def _span(value: Located, span: Span | None) -> Span | None:
    return value[span.start : span.end].span() if span else None
