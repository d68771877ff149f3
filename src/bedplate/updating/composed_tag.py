"""Tags that are put together from an ARG: `ARG V=20.1.0`, then `FROM node:${V}-alpine`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.span import Span
from bedplate.repofiles import Replacement

if TYPE_CHECKING:
    from bedplate.model.image_use import ImageUse


def composed_replacement(use: ImageUse, tag: str, text: str) -> Replacement | None:
    """Write a new tag by changing the default of the one ARG in it.

    Args:
        use: of a Dockerfile, whose tag does not stand in one place.
        tag: the new one.
        text: the file.

    Returns:
        a replacement of the default; None when the new tag differs in more than what the ARG
        holds, or when it can't be told which ARG that is.
    """
    value = _value(use, use.tag)
    new = _value(use, tag)
    if use.kind != "dockerfile" or not value or not new:
        return None
    place = _default(use.argument, value, text)
    if place is None:
        return None
    digest = f"@{use.digest}" if use.digest else ""
    inner = replace(use, text=f"{use.name}:{value}{digest}", tag=value, tag_span=place)
    return Replacement(inner, tag=new)


def _value(use: ImageUse, tag: str) -> str:
    """Give what the ARG would hold for a tag, empty when no value would make that tag."""
    if not use.argument:
        return ""
    name = re.escape(use.argument)
    written = use.written.partition("@")[0]
    match = re.fullmatch(rf"([^$]*)(?:\$\{{{name}\}}|\${name}(?!\w))([^$]*)", written)
    if match is None or not match[1].startswith(f"{use.name}:"):
        return ""
    before, after = match[1].removeprefix(f"{use.name}:"), match[2]
    if not tag.startswith(before) or not tag.endswith(after):
        return ""
    return tag[len(before) : len(tag) - len(after)]


def _default(argument: str, value: str, text: str) -> Span | None:
    """Find the only default of an ARG, if it is the value."""
    pattern = rf"^[ \t]*(?i:ARG)[ \t]+{re.escape(argument)}=(\S*)"
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if len(found) != 1:
        return None
    quote = found[0][1][:1] if found[0][1][:1] in ("'", '"') else ""
    if found[0][1] != f"{quote}{value}{quote}":
        return None
    start = found[0].start(1) + len(quote)
    return Span(start, start + len(value))
