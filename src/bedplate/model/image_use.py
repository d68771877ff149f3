"""One place in a file that names an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.model.span import Span


@dataclass(frozen=True, slots=True)
class ImageUse:
    """An image that a file asks for, and where each part of its reference can be edited.

    Args:
        text: the reference with variables resolved: `docker.io/library/node:20@sha256:...`.
        written: the same as it stands in the file, without quotes: `node:$VERSION`.
        name: registry and repository as written, without tag and digest.
        tag: empty when none is given.
        digest: `algorithm:hex`, empty when none is given; not validated.
        role: why the file names it: `from`, `copy-from`, `mount-from`, `syntax` or `onbuild` in
            a Dockerfile; `image`, `service`, `feature` and the like elsewhere.
        line: line of the use, from 1.
        span: the reference as written, where it must be edited: the default of an ARG when it
            lives there as a whole.
        name_span: characters of the name; None when they do not stand in one place.
        tag_span: characters of the tag, without the colon; None as above, or without a tag.
        digest_span: characters of the digest, without the `@`; None as above.
        kind: name of the file kind, `dockerfile` or an entry of `repofiles/file_kinds`.
        stage: index of the build stage, from 0; None where there are no stages.
        platform: value of `--platform` or the like, resolved; empty when none is given.
        final: the image ends up in what is built or run, not only in a build stage.
        argument: name of the ARG or variable that the reference lives in; empty when none.
        use_span: the place of use when the reference lives elsewhere; None when it is `span`.

    Spans count characters of the file's text, byte order mark included.
    """

    text: str
    written: str
    name: str
    tag: str
    digest: str
    role: str
    line: int
    span: Span
    name_span: Span | None = None
    tag_span: Span | None = None
    digest_span: Span | None = None
    kind: str = "dockerfile"
    stage: int | None = None
    platform: str = ""
    final: bool = True
    argument: str = ""
    use_span: Span | None = None


@dataclass(frozen=True, slots=True)
class SkippedUse(Skipped):
    """An image that a file names in a way that can't be resolved from the file alone.

    Args:
        what: the reference as written.
        reason: why, in a few words.
        role: as in `ImageUse`.
        line: line of the use, from 1.
        span: the reference as written.
    """

    role: str
    line: int
    span: Span
