"""A value that names an image -> its parts, tolerant where the grammar is strict.

What stands in files is often no valid reference (`quay.io/myName/x`, short digests). It is taken
apart all the same, so that it can be shown and edited; `Reference.parse` judges it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.image_use import ImageUse
from bedplate.repofiles.variables import expand

if TYPE_CHECKING:
    from bedplate.model.image_use import SkippedUse
    from bedplate.repofiles.located import Located
    from bedplate.repofiles.repofile import Repofile

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?::[0-9]{1,5}(?=/))?(?:/[\w.-]+)*", re.ASCII)
_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"[\w.+:-]{1,200}", re.ASCII)
_TEMPLATE = re.compile(r"\{\{|\}\}|<<|<%|\[\[|\$\(")
# What YAML and JSON read as something else than text.
_NOT_TEXT = frozenset(("", "~", "null", "Null", "NULL", "true", "True", "false", "False"))
_SCHEME = "docker://"
_MAX_LENGTH = 4096
NOT_AN_IMAGE = frozenset(("scratch",))


def read_reference(
    file: Repofile, value: Located, role: str = "image", *, defaults: bool = False
) -> ImageUse | SkippedUse | None:
    """Read a value that names an image.

    Args:
        file: where it stands.
        value: the value with the places of its characters.
        role: see `ImageUse`.
        defaults: variables may have defaults in this format.

    Returns:
        The use; what is wrong, when it can't be read; None when no image is named.
    """
    if len(value.text) > _MAX_LENGTH:
        outline = value[:_MAX_LENGTH].outline()
        return file.skipped_use(value.text, outline, "is too long for a reference", role)
    value = value.strip()
    if value.text in _NOT_TEXT or value.text in NOT_AN_IMAGE:
        return None
    outline = value.outline()
    resolved = expand(value, file.variables, defaults=defaults)
    if resolved.text.startswith(_SCHEME):
        resolved = resolved[len(_SCHEME) :]
    if not resolved.text:
        return None
    parts = _split(resolved)
    if parts is None:
        return file.skipped_use(value.text, outline, _reason(resolved.text), role)
    name, tag, digest = parts
    return ImageUse(
        text=resolved.text,
        written=value.text,
        name=name.text,
        tag=tag.text,
        digest=digest.text,
        role=role,
        line=file.line(outline.start),
        span=outline,
        name_span=name.span(),
        tag_span=tag.span(),
        digest_span=digest.span(),
        kind=file.kind,
    )


def _reason(text: str) -> str:
    if _TEMPLATE.search(text):
        return "is a template"
    if "$" in text:
        return "has a variable without a known value"
    return "is not an image reference"


def _split(value: Located) -> tuple[Located, Located, Located] | None:
    text = value.text
    at = text.find("@")
    at = len(text) if at < 0 else at
    colon = text.rfind(":", text.rfind("/", 0, at) + 1, at)
    colon = at if colon < 0 else colon
    name, tag, digest = value[:colon], value[colon + 1 : at], value[at + 1 :]
    if not _NAME.fullmatch(name.text):
        return None
    if (colon < at and not _TAG.fullmatch(tag.text)) or (
        at < len(text) and not _DIGEST.fullmatch(digest.text)
    ):
        return None
    return name, tag, digest
