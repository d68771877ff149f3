"""The default of a build argument names a base image that may change, without a digest.

Whoever builds without the argument gets the default, and what that is changes with its tag. The
place to repair is the ARG line, away from the FROM that people look at. Reported are defaults that
name an image without a digest, and tags or parts of tags that are no exact version.

Fix: let `bedplate pin` write the digest into the ARG line; where the argument holds the tag alone,
name the version exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.base_guess import guess
from bedplate.linting.image_text import read_image
from bedplate.linting.linted_file import unquoted
from bedplate.linting.mutable_tag import floats
from bedplate.linting.rule import Hit
from bedplate.model.image_use import ImageUse
from bedplate.model.reference import DEFAULT_TAG
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step
    from bedplate.model.span import Span

SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = (
    "ARG BASE=node:22.11-alpine\nFROM $BASE\n",
    "ARG TAG=22\nFROM node:$TAG\n",
    "ARG TAG=latest\nFROM debian:${TAG}\n",
    "ARG NAME=debian\nFROM $NAME\n",
    "ARG MAJOR=22\nFROM node:${MAJOR}-alpine AS build\nFROM node:$MAJOR-alpine\n",
    "ARG V=22\nARG TAG=$V-alpine\nFROM node:$TAG\n",
)
GOOD = (
    f"ARG BASE=node:22.11-alpine@sha256:{'0' * 64}\nFROM $BASE\n",
    "ARG TAG=22.11-alpine\nFROM node:$TAG\n",
    "ARG BASE=scratch\nFROM $BASE\n",
    "ARG BASE\nFROM $BASE\n",
    "ARG REGISTRY=mirror.example\nFROM $REGISTRY/node:22\n",
    "ARG MIRROR=mirror.example/\nFROM ${MIRROR}node\n",
    "FROM node:22\nARG TAG=22\nRUN echo $TAG\n",
)

_VARIABLE = re.compile(r"\$\{?(\w+)")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find arguments whose default feeds a FROM; each default once."""
    if not any("$" in value.written for value in file.bases):
        return
    defaults = _Defaults(file)
    told: set[str] = set()
    for use in file.images:
        if not isinstance(use, ImageUse) or use.role != "from" or use.digest:
            continue
        for default in defaults.of(use):
            message = _mutable(use, default)
            if message and default.name not in told:
                told.add(default.name)
                yield Hit(default.step, message, default.span)


class _Default(NamedTuple):
    """An argument before the first FROM that has a default."""

    step: Step
    name: str
    text: str
    span: Span

    def holds(self, span: Span | None) -> bool:
        return span is not None and self.span.start <= span.start and span.end <= self.span.end


class _Defaults:
    """The defaults of a file, by name and place."""

    def __init__(self, file: LintedFile) -> None:
        self._all = list(_defaults(file))
        self._starts = [one.span.start for one in self._all]
        self._by_name = {one.name: one for one in self._all}

    def of(self, use: ImageUse) -> Iterator[_Default]:
        """Give those that may hold a part of an image."""
        for span in (use.name_span, use.tag_span):
            place = bisect_right(self._starts, span.start) if span else 0
            if place:
                yield self._all[place - 1]
        if use.tag_span is None:
            for match in _VARIABLE.finditer(read_image(use.written).tag):
                if match[1] in self._by_name:
                    yield self._by_name[match[1]]


def _defaults(file: LintedFile) -> Iterator[_Default]:
    for step in file.direct("ARG"):
        for pair in step.instruction.pairs if step.stage < 0 else ():
            if pair.value and pair.value_span is not None:
                yield _Default(step, pair.name, unquoted(pair.value), pair.value_span)


def _mutable(use: ImageUse, default: _Default) -> str:
    """Say why a default lets the image change; nothing when it does not."""
    if default.holds(use.name_span) and (not use.tag or default.holds(use.tag_span)):
        return f"default {default.text} of {default.name} has no digest"
    in_pieces = use.tag != "" and use.tag_span is None and not default.holds(use.name_span)
    if (default.holds(use.tag_span) or in_pieces) and _moves(use):
        return f"default {default.text} of {default.name} makes {use.text}, which moves"
    return ""


def _moves(use: ImageUse) -> bool:
    return use.tag == DEFAULT_TAG or floats(guess(use.text))
