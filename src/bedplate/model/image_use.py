"""A place in a file that names an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.model.span import Span

ImageRole = Literal["from", "copy-from", "mount-from", "syntax", "onbuild", "image"]


class WrittenImage(NamedTuple):
    """An image as people write it, cut at its marks without asking whether it is valid.

    Args:
        name: registry and repository.
        tag: empty when there is none.
        digest: with its algorithm; empty when there is none.
    """

    name: str
    tag: str
    digest: str

    @classmethod
    def cut(cls, text: str) -> WrittenImage:
        """Cut `name:tag@digest`; a colon before the last slash belongs to a port."""
        rest, _, digest = text.partition("@")
        colon = rest.rfind(":", rest.rfind("/") + 1)
        return cls(rest, "", digest) if colon < 0 else cls(rest[:colon], rest[colon + 1 :], digest)


@dataclass(frozen=True, slots=True)
class ImageUse:
    """An image that a file names.

    Args:
        text: the reference, variables resolved; as people write it, not checked.
        span: where the reference has to be edited: the default of an ARG when all of it lives
            there, else the place of use.
        line: line of the place of use, from 1.
        role: what it is for: `from`, `copy-from`, `mount-from`, `syntax`, `onbuild` in a
            Dockerfile, `image` elsewhere.
        written: the reference at the place of use, before variables are resolved.
        use_span: the place of use; differs from `span` when an ARG holds the reference.
        name_span: where the name stands; None when it does not stand in one piece.
        tag_span: where the tag stands; None without a tag, or when it is not in one piece.
        digest_span: where the digest stands, algorithm included; None as for the tag.
        stage: index of the build stage, from 0; None outside of stages.
        platform: platform asked for, empty when none.
        final: it ends up in the result; False when only the build sees it.
        argument: ARG whose default holds the reference or a part of it.
        kind: kind of file.
    """

    text: str
    span: Span
    line: int
    role: ImageRole
    written: str
    use_span: Span
    name_span: Span | None = None
    tag_span: Span | None = None
    digest_span: Span | None = None
    stage: int | None = None
    platform: str = ""
    final: bool = True
    argument: str | None = None
    kind: str = "dockerfile"

    @property
    def reference(self) -> Reference:
        """The reference with Docker's defaults filled in.

        Raises:
            InvalidReference: it is not one.
        """
        return Reference.parse(self.text)

    @property
    def parts(self) -> WrittenImage:
        """Name, tag and digest of the resolved text."""
        return WrittenImage.cut(self.text)


@dataclass(frozen=True, slots=True)
class SkippedUse(Skipped):
    """An image that a file names in a way that can't be resolved from the file alone.

    Args:
        what: the reference as written.
        reason: why, in a few words.
        span: the place of use.
        line: line of the place of use, from 1.
        role: what it is for.
    """

    span: Span
    line: int
    role: ImageRole
