"""A tag -> what its words and numbers say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.tag import Tag
from bedplate.tags import words as w

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 128  # characters of a tag, by the distribution specification
_LONE = 6  # digits from which a number without dots is a build or a date, not a version
_COUNTER = 4  # the same behind a word: `master-6274`
# x86_64 is one word
_SEPARATORS = re.compile(r"(-+|(?<!x86)_+)")
# a day or a time in the form of ISO 8601, whose dashes part no words
_ISO = re.compile(
    r"(?<![0-9])(20\d\d)-(0[1-9]|1[0-2])-([0-3]\d)(?:T([0-2]\d)-?([0-5]\d)-?([0-6]\d)Z)?(?![0-9])"
)
_GLUED = re.compile(r"([a-z_]+)(\d{1,9}(?:\.\d{1,9})+)")


def parse(repository: str, tag: str) -> Tag:
    """Take a tag apart.

    Never fails: what can't be read is a variant word.

    Args:
        repository: whose tag it is: `node`, `docker.io/library/node`.
        tag: as written; more than 128 characters are one word.

    Source: Distribution specification 1.1, "Pulling manifests" (the characters of a tag).
    """
    if len(tag) > MAX_LENGTH:
        return Tag(repository, tag, tag, words=(tag,))
    reading = _Reading(tag)
    if not reading.version and not reading.build:
        reading = _Reading(tag, glued=True)
    return Tag(
        repository,
        tag,
        "".join(reading.shape),
        reading.version,
        reading.version_text,
        reading.label,
        reading.build,
        reading.dated,
        tuple(reading.words),
        reading.distro,
        reading.release,
        reading.platform,
        reading.commit,
    )


class _Reading:
    """What was understood so far, from left to right.

    Args:
        tag: to be read.
        glued: whether a name with a version in one word (`php8.1`) is the version.
    """

    def __init__(self, tag: str, *, glued: bool = False) -> None:
        self.version: tuple[int, ...] = ()
        self.version_text = self.label = ""
        self.build: tuple[int, ...] = ()
        self.dated = False
        self.words: list[str] = []
        self.distro = self.release = self.platform = self.commit = ""
        self.shape: list[str] = []
        self._glued = glued
        self._before = ""  # what the word before this one was
        moment = _ISO.search(tag)
        if moment is None:
            self._read_words(tag)
            return
        self._read_words(tag[: moment.start()])
        self._take_moment(moment)
        self._read_words(tag[moment.end() :])

    def _read_words(self, text: str) -> None:
        pieces = ["", *_SEPARATORS.split(text)]
        for separator, word in zip(pieces[::2], pieces[1::2], strict=True):
            self._read(separator, word)

    def _read(self, separator: str, word: str) -> None:
        if not word:
            self.shape.append(separator)
            return
        for role, take in _ROLES:
            shown = take(self, separator, word)
            if shown is not None:
                self.shape.append(f"{separator}{shown}" if shown else "")
                self._before = role
                return
        self.words.append(word)
        self.shape.append(separator + word)
        self._before = "word"

    def _take_moment(self, moment: re.Match[str]) -> None:
        if self.build:
            self.words.append(moment[0])
            self.shape.append(moment[0])
            return
        self.build = (int("".join(part for part in moment.groups() if part)),)
        self.dated = True
        self.shape.append("{time}" if moment[4] else "{day}")
        self._before = "number"

    # Each takes a word that is its kind, and gives what stands for it in the shape.

    def take_platform(self, _separator: str, word: str) -> str | None:
        if self.platform or not w.is_platform(word):
            return None
        self.platform = word
        return word

    def take_distro(self, _separator: str, word: str) -> str | None:
        found = None if self.distro else w.distro_of(word)
        if found is None:
            return None
        self.distro, self.release, shown = found
        return shown

    def take_release(self, _separator: str, word: str) -> str | None:
        """Take the number behind a bare distribution: `alpine-3.21`, `nanoserver-1809`."""
        if self._before != "distro" or self.release:
            return None
        if not self.version and self.distro not in w.WINDOWS:
            return None  # `alpine-2.3.0`: the version comes behind the distribution
        found = w.release_after(self.distro, word)
        if found is None:
            return None
        self.release, shown = found
        return shown

    def take_label(self, separator: str, word: str) -> str | None:
        if self.label or not self.version or not w.is_label(word):
            return None
        self.label = separator + word
        return ""

    def take_number(self, _separator: str, word: str) -> str | None:
        number = w.number_of(word)
        if number is None:
            return None
        if not self.version and not self.build and not self._counts(number):
            return self._take_version(number)
        if self.build or not number.plain:
            return None
        dated = w.is_date(number)
        if not dated and self._before in ("word", "platform") and self.version:
            return None  # the version of something else: `sdk-1.0.4`
        self.build, self.dated = number.parts, dated
        return f"{{date{len(str(number.parts[0]))}}}" if dated else "{build}"

    def _counts(self, number: w.Number) -> bool:
        """Tell whether the first number is a date or counts builds, and is no version."""
        if not number.plain:
            return False
        digits = len(number.text)
        return (
            w.is_date(number)
            or (len(number.parts) == 1 and digits >= _LONE)
            or (len(number.parts) == 1 and digits >= _COUNTER and self._before == "word")
        )

    def _take_version(self, number: w.Number) -> str:
        self.version, self.version_text = number.parts, number.text
        self.label = number.label
        name = "update" if number.update else "version"
        return f"{number.v}{{{name}}}{number.release}"

    def take_commit(self, _separator: str, word: str) -> str | None:
        if self.commit or not w.is_commit(word):
            return None
        self.commit = word
        # `git describe` counts the commits before it; otherwise nothing orders them
        return "{commit}" if word[0] == "g" and self._before == "number" and self.build else word

    def take_build(self, _separator: str, word: str) -> str | None:
        found = w.build_of(word) if self.version and not self.build else None
        if found is None:
            return None
        self.build = (found[1],)
        return f"{found[0]}{{build}}"

    def take_glued(self, _separator: str, word: str) -> str | None:
        match = _GLUED.fullmatch(word) if self._glued and not self.version else None
        if match is None:
            return None
        self.version_text = match[2]
        self.version = tuple(int(part) for part in match[2].split("."))
        return f"{match[1]}{{version}}"


# in the order in which they are asked
_ROLES: tuple[tuple[str, Callable[[_Reading, str, str], str | None]], ...] = (
    ("platform", _Reading.take_platform),
    ("distro", _Reading.take_distro),
    ("release", _Reading.take_release),
    ("number", _Reading.take_number),
    ("label", _Reading.take_label),
    ("build", _Reading.take_build),
    ("commit", _Reading.take_commit),
    ("distro", _Reading.take_glued),
)
