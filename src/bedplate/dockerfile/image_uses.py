"""Every image that a Dockerfile takes from outside, with the place of each part.

Source: BuildKit, frontend/dockerfile/dockerfile2llb/convert.go: a stage can be started from once
it is defined, but copied from anywhere; only the ARGs before the first FROM count for FROM;
`COPY --from` and `RUN --mount=from=` take no variables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.expansion import Expansion
from bedplate.dockerfile.global_scope import GlobalScope
from bedplate.dockerfile.mounts import mount_origins
from bedplate.dockerfile.pieces import Piece
from bedplate.dockerfile.reachable import Links, find_links, stage_number
from bedplate.dockerfile.value import Fragment
from bedplate.errors import BadInput, ExpansionError, InvalidReference
from bedplate.model.image_use import ImageUse, SkippedUse
from bedplate.model.reference import Reference
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile.build import Build
    from bedplate.dockerfile.document import Dockerfile
    from bedplate.dockerfile.instruction import Instruction, Stage

_SCRATCH = "scratch"
# Wider than the grammar: upper case and short digests are wrong, but they do name an image.
_TOLERATED = re.compile(r"[A-Za-z0-9][\w./:@+-]*", re.ASCII)


class _Place(NamedTuple):
    """A place that names an image.

    Args:
        role: see `ImageUse`.
        written: as written.
        span: where.
        stage: index of its stage.
        platform: platform asked for.
        final: see `ImageUse`.
    """

    role: str
    written: str
    span: Span
    stage: int | None = None
    platform: str = ""
    final: bool = False


def find_images(file: Dockerfile, build: Build) -> tuple[ImageUse | SkippedUse, ...]:
    """Find the images of a parsed file; see `Dockerfile.images`."""
    return tuple(_Finder(file, build).find())


class _Finder:
    def __init__(self, file: Dockerfile, build: Build) -> None:
        self._file = file
        self._scope = GlobalScope(file.instructions, build, file.escape)
        self._links: Links = find_links(file.stages, self._bases(), build.target)
        self._contexts = frozenset(name.lower() for name in build.contexts)

    def _bases(self) -> list[str]:
        return [self._base_text(stage) for stage in self._file.stages]

    def _base_text(self, stage: Stage) -> str:
        try:
            return self._scope.expand(stage.base.text, stage.base.span).text
        except ExpansionError:
            return ""

    def find(self) -> Iterator[ImageUse | SkippedUse]:
        syntax = self._file.syntax
        if syntax:
            yield self._read(_Place("syntax", syntax.value, syntax.span))
        for stage in self._file.stages:
            if stage.index in self._links.needed:
                yield from self._of_stage(stage)

    def _of_stage(self, stage: Stage) -> Iterator[ImageUse | SkippedUse]:
        if self._links.bases[stage.index] is None:
            base = self._base(stage)
            if base:
                yield base
        for instruction in stage.instructions:
            yield from self._of_instruction(instruction, stage)

    def _base(self, stage: Stage) -> ImageUse | SkippedUse | None:
        platform = stage.origin.flag("platform")
        asked = ""
        if platform and platform.value and platform.value_span:
            try:
                asked = self._scope.expand(platform.value, platform.value_span).text
            except ExpansionError:
                asked = platform.value
        word, final = stage.base, stage.index in self._links.final
        place = _Place("from", word.text, word.span, stage.index, asked, final)
        try:
            expansion = self._scope.expand(word.text, word.span)
        except ExpansionError as error:
            return self._skipped(place, error.message)
        if expansion.text == _SCRATCH or expansion.text.lower() in self._contexts:
            return None
        return self._resolved(place, expansion)

    def _of_instruction(
        self, instruction: Instruction, stage: Stage
    ) -> Iterator[ImageUse | SkippedUse]:
        actual = instruction.onbuild or instruction
        late = actual is not instruction
        if actual.keyword == "COPY":
            flag = actual.flag("from")
            if flag and flag.value and flag.value_span:
                role = "onbuild" if late else "copy-from"
                yield from self._source(_Place(role, flag.value, flag.value_span, stage.index))
        elif actual.keyword == "RUN":
            for origin in mount_origins(actual):
                role = "onbuild" if late else "mount-from"
                yield from self._source(_Place(role, *origin, stage.index))

    def _source(self, place: _Place) -> Iterator[ImageUse | SkippedUse]:
        name = place.written.lower()
        late, copied = place.role == "onbuild", place.role == "copy-from"
        if "$" in place.written:
            yield self._skipped(place, "variables are not expanded here: name a stage instead")
        elif name in self._contexts or name == _SCRATCH or (not late and name in self._links.names):
            return
        elif place.written.isdecimal() and (copied or late):
            if copied and stage_number(place.written, len(self._file.stages)) is None:
                yield self._skipped(place, "there is no stage of that number")
        elif late and not re.search("[/:@.]", name):
            yield self._skipped(place, "may be a stage of the build that ONBUILD runs in")
        else:
            yield self._read(place)

    def _read(self, place: _Place) -> ImageUse | SkippedUse:
        """Read a place where variables are not expanded."""
        text, span = place.written, place.span
        start = span.start if span.end - span.start == len(text) else -1
        pieces = (Piece(Fragment(text, start), raw=False),)
        return self._resolved(place, Expansion(text, frozenset(), frozenset(), pieces))

    def _resolved(self, place: _Place, expansion: Expansion) -> ImageUse | SkippedUse:
        text = expansion.text
        try:
            Reference.parse(text)
        except BadInput as error:
            if expansion.unset:
                names = ", ".join(sorted(expansion.unset))
                return self._skipped(place, f"no value for {names}")
            if not text.strip():
                return self._skipped(place, "nothing is left when variables are expanded")
            if not isinstance(error, InvalidReference) or not _TOLERATED.fullmatch(text):
                return self._skipped(place, error.message)
        return self._use(place, expansion)

    def _use(self, place: _Place, expansion: Expansion) -> ImageUse:
        text, fragments = expansion.text, expansion.fragments
        at = text.find("@")
        at = len(text) if at < 0 else at
        colon = text.rfind(":", text.rfind("/", 0, at) + 1, at)
        colon = at if colon < 0 else colon
        span = _span_of(fragments, 0, len(text)) or place.span
        held = [one.argument for one in fragments if one.argument and one.start >= 0]
        return ImageUse(
            text=text,
            written=_unquoted(place.written),
            name=text[:colon],
            tag=text[colon + 1 : at],
            digest=text[at + 1 :],
            role=place.role,
            line=self._file.position(place.span.start)[0],
            span=span,
            name_span=_span_of(fragments, 0, colon),
            tag_span=_span_of(fragments, colon + 1, at),
            digest_span=_span_of(fragments, at + 1, len(text)),
            stage=place.stage,
            platform=place.platform,
            final=place.final,
            argument=held[0] if held else "",
            use_span=None if span == place.span else place.span,
        )

    def _skipped(self, place: _Place, reason: str) -> SkippedUse:
        line = self._file.position(place.span.start)[0]
        return SkippedUse(place.written, reason, place.role, line, place.span)


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def _span_of(fragments: tuple[Fragment, ...], start: int, end: int) -> Span | None:
    """Find where a part of an expanded text stands; None when it is in pieces or nowhere."""
    if start >= end:
        return None
    first = last = -1
    offset = 0
    for fragment in fragments:
        size = len(fragment.text)
        begin, stop = max(start - offset, 0), min(end - offset, size)
        offset += size
        if begin >= stop:
            continue
        if fragment.start < 0 or (last >= 0 and fragment.start + begin != last):
            return None
        first = fragment.start + begin if first < 0 else first
        last = fragment.start + stop
    return Span(first, last)
