"""The words that tags are made of: which is a distribution, a platform, a pre-release, a commit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bedplate.distros.codenames import release_of

_DISTROS = (
    "almalinux|alpine|amazonlinux|azurelinux|busybox|centos|debian|distroless|fedora|leap|mariner|"
    "nanoserver|opensuse|oraclelinux|photon|rhel|rocky|rockylinux|sles|ubi|ubuntu|"
    "windowsservercore|wolfi"
)
_DISTRO = re.compile(rf"({_DISTROS})(\d{{1,9}}(?:\.\d{{1,9}}){{0,3}})?")
WINDOWS = frozenset(("nanoserver", "windowsservercore"))
# ltsc2022, sac2016, 1809, 10.0.14393.1770
_WINDOWS_RELEASE = re.compile(r"(ltsc|sac)?(\d{4}|10(?:\.\d{1,9}){2,3})")
_DISTRO_RELEASE = re.compile(r"\d{1,2}(?:\.\d{1,3})?")

_PLATFORM = re.compile(
    r"x86_64|amd64|x64|i?386|i686|aarch64|arm64(?:v8)?|arm32v[5-7]|armv[5-8]l?|armhf|armel|arm|"
    r"s390x|ppc64le|ppc64el|riscv64|mips64(?:le|el)?|loong(?:arch)?64"
)
_STAGES = "alpha|beta|rc|cr|pre|preview|ea|snapshot|nightly|canary|milestone"
_STAGES_BEHIND = rf"(?:(?:{_STAGES})[.]?(?:[0-9]{{1,9}}(?:\.[0-9]{{1,9}})*)?|m[0-9]{{1,9}})"
LABEL_BEHIND = rf"[-_]+(?i:{_STAGES_BEHIND})"
# a single letter needs a number: 1.1.1b is no beta
LABEL_IN_NUMBER = (
    rf"(?i:[.]?(?:(?:{_STAGES}|dev)[.]?[0-9]{{0,14}}|[abcm][0-9]{{1,14}})(?:\.[0-9]{{1,9}})*)"
)
_LABEL = re.compile(_STAGES_BEHIND, re.IGNORECASE)
_ATTACHED = re.compile(LABEL_IN_NUMBER)
# words that say that it is a release, as Java projects write them
_RELEASE = re.compile(r"[.](?:GA|Final|RELEASE|SR\d{1,4})", re.IGNORECASE)
# the numbers, then what is glued to them
_NUMBER = re.compile(r"(v?)(\d{1,20}(?:\.\d{1,20})*)(.*)", re.DOTALL)
_JAVA_UPDATE = re.compile(r"(\d{1,2})u(\d{1,4})")
_COMMIT = re.compile(r"g?(?=[a-f0-9]*[0-9])(?=[a-f0-9]*[a-f])[a-f0-9]{7,64}")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?")
_BUILD = re.compile(r"([br])(\d{1,9})")

# by stage; a version without a label comes after all of them
_RANKS = {"dev": 0, "snapshot": 0, "nightly": 0, "canary": 0, "alpha": 1, "a": 1, "beta": 2}
_RANKS |= {"b": 2, "milestone": 3, "m": 3, "preview": 4, "pre": 4, "ea": 4, "rc": 5, "cr": 5}
_RANKS |= {"c": 5, "": 9}


class Number(NamedTuple):
    """A word that begins with digits.

    Args:
        v: `v` when it stands in front.
        text: the numbers with their dots.
        parts: as integers.
        label: pre-release that is attached, as written.
        release: `.Final` or the like, as written.
        update: whether it is an update of Java 8 and before: `8u422`.
    """

    v: str
    text: str
    parts: tuple[int, ...]
    label: str = ""
    release: str = ""
    update: bool = False

    @property
    def plain(self) -> bool:
        """Whether there is nothing but numbers and dots."""
        return not (self.v or self.label or self.release or self.update)


@lru_cache(maxsize=4096)
def distro_of(word: str) -> tuple[str, str, str] | None:
    """Give distribution, release, and the word with the release as a place holder."""
    known = release_of(word)
    if known:
        return *known, f"{{{known[0]}}}"
    match = _DISTRO.fullmatch(word)
    if match is None:
        return None
    name, release = match.groups()
    return name, release or "", f"{name}{{release}}" if release else name


def release_after(distro: str, word: str) -> tuple[str, str] | None:
    """Give the release that a word behind a bare distribution names, and its place holder."""
    if distro in WINDOWS:
        match = _WINDOWS_RELEASE.fullmatch(word)
        return (word, f"{match[1] or ''}{{release}}") if match else None
    return (word, "{release}") if _DISTRO_RELEASE.fullmatch(word) else None


def number_of(word: str) -> Number | None:
    """Read a version, build or date; None for anything else."""
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None
    v, text, rest = match.groups()
    parts = tuple(map(int, text.split(".")))
    if not rest:
        return Number(v, text, parts)
    update = _JAVA_UPDATE.fullmatch(word)
    if update:
        return Number("", word, (int(update[1]), int(update[2])), update=True)
    if _RELEASE.fullmatch(rest):
        return Number(v, text, parts, release=rest)
    return Number(v, text, parts, label=rest) if _ATTACHED.fullmatch(rest) else None


def is_date(number: Number) -> bool:
    """Tell whether it is a day or a minute, perhaps with the number of a respin: `20241202.1`."""
    first = number.text.partition(".")[0]
    return len(number.parts) <= 2 and _DATE.fullmatch(first) is not None


def build_of(word: str) -> tuple[str, int] | None:
    """Read the letter and number of a build: `b05` of Java, `r3` of a packager."""
    match = _BUILD.fullmatch(word)
    return (match[1], int(match[2])) if match else None


@lru_cache(maxsize=4096)
def is_platform(word: str) -> bool:
    """Tell whether a word names a machine."""
    return _PLATFORM.fullmatch(word) is not None


def is_commit(word: str) -> bool:
    """Tell whether a word is an abbreviated commit: it has digits and letters up to `f`."""
    return _COMMIT.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def is_label(word: str) -> bool:
    """Tell whether a word behind a version says that it is a pre-release."""
    return _LABEL.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def label_rank(label: str) -> tuple[int, tuple[int, ...]]:
    """Order pre-releases: stage, then number; that of a release is the highest."""
    match = re.match(r"[-_.]*([a-z]*)", label.lower())
    stage = match[1] if match else ""
    numbers = tuple(int(digits) for digits in re.findall(r"\d{1,18}", label))
    return _RANKS.get(stage, 0), numbers
