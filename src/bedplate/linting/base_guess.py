"""What the text of a reference tells of an image, without asking a registry.

A guess says nothing rather than something wrong: a name or a tag that is not known gives empty
fields. Release facts: the C library that Debian and Ubuntu releases ship.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.image_text import read_image

if TYPE_CHECKING:
    from bedplate.linting.linted_file import LintedFile

_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_GLIBC = {
    "buster": (2, 28),
    "bullseye": (2, 31),
    "bookworm": (2, 36),
    "trixie": (2, 41),
    "focal": (2, 31),
    "jammy": (2, 35),
    "noble": (2, 39),
}
_RELEASES = {
    ("debian", "10"): "buster",
    ("debian", "11"): "bullseye",
    ("debian", "12"): "bookworm",
    ("debian", "13"): "trixie",
    ("ubuntu", "20.04"): "focal",
    ("ubuntu", "22.04"): "jammy",
    ("ubuntu", "24.04"): "noble",
}
_UBUNTU = frozenset(("focal", "jammy", "noble"))
_RPM = frozenset(("fedora", "almalinux", "rockylinux", "centos", "amazonlinux", "oraclelinux"))
# Language images of Docker Hub: their tags say the distribution, Debian when they say nothing.
LANGUAGES = frozenset(["node", "python", "ruby", "php", "golang", "rust", "gcc", "perl", "openjdk"])
BUILD_TOOLS = frozenset(["golang", "rust", "gcc", "maven", "gradle", "buildpack-deps"])
_DISTROLESS_DEBIAN = re.compile(r"-debian(\d+)\Z")


class BaseGuess(NamedTuple):
    """What an image probably is.

    Args:
        name: last part of the repository.
        tag: as written.
        digest: whether one is given.
        distro: `debian`, `ubuntu`, `alpine`, `wolfi`, `fedora`, ...; empty when not known.
        release: code name of a Debian or Ubuntu release; empty when not known.
        shell: False for images that are known to have none.
        official: whether it is an official image of Docker Hub.
    """

    name: str
    tag: str
    digest: bool
    distro: str = ""
    release: str = ""
    shell: bool = True
    official: bool = False

    @property
    def libc(self) -> str:
        """`musl`, `glibc`, or empty when not known."""
        if self.distro == "alpine":
            return "musl"
        return "glibc" if self.distro and self.distro != "scratch" else ""

    @property
    def glibc(self) -> tuple[int, int] | None:
        """Version of glibc; None when not known."""
        return _GLIBC.get(self.release)

    @property
    def words(self) -> list[str]:
        """Words and numbers of the tag."""
        return _WORD.findall(self.tag.lower())


def guess(text: str) -> BaseGuess:
    """Tell what an image is by its reference, variables resolved."""
    image = read_image(text)
    path = image.name.removeprefix("docker.io/").removeprefix("library/")
    name = path.rpartition("/")[2].lower()
    given = BaseGuess(name, image.tag, bool(image.digest), official="/" not in path)
    if image.name == "scratch":
        return given._replace(distro="scratch", shell=False)
    words = set(given.words)
    if "distroless" in path:
        release = _DISTROLESS_DEBIAN.search(name)
        code = _RELEASES.get(("debian", release.group(1)), "") if release else ""
        has_libc = not name.startswith("static")
        distro = "debian" if has_libc else ""
        return given._replace(distro=distro, release=code, shell="debug" in words)
    if not given.official:
        return given
    return _official(given, words)


def _official(given: BaseGuess, words: set[str]) -> BaseGuess:
    if given.name == "alpine" or "alpine" in words:
        return given._replace(distro="alpine")
    release = next((word for word in given.words if word in _GLIBC), "")
    number = next((word for word in given.words if word[0].isdigit()), "")
    release = release or _RELEASES.get((given.name, number), "")
    if given.name == "ubuntu" or release in _UBUNTU:
        return given._replace(distro="ubuntu", release=release)
    if given.name == "debian" or release:
        return given._replace(distro="debian", release=release)
    if given.name in _RPM:
        return given._replace(distro=given.name)
    windows = words & {"windowsservercore", "nanoserver"}
    if given.name in LANGUAGES - {"openjdk"} and not windows:
        return given._replace(distro="debian")
    return given


def guess_stage(file: LintedFile, stage: int) -> BaseGuess | None:
    """Tell what image a stage stands on in the end; None when variables hide it."""
    value = file.bases[[*file.lineage(stage)][-1]]
    return guess(value.text) if value.text and not value.open else None


def copied_stage(file: LintedFile, source: str, stage: int) -> BaseGuess | None:
    """Tell what image the source of a `COPY --from` stands on."""
    if source.isdecimal():
        index = int(source) if len(source) < 6 else stage
        return guess_stage(file, index) if index < stage else None
    index = file.stage_indexes.get(source.lower(), stage)
    if index < stage:
        return guess_stage(file, index)
    return guess(source) if "$" not in source else None
