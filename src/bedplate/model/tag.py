"""A tag of a repository, taken apart."""

from __future__ import annotations

from dataclasses import dataclass

_UNIX_TIME = 1_000_000_000  # seconds, in 2001: longer numbers of builds are times


@dataclass(frozen=True, slots=True)
class Tag:
    """What the words and numbers of a tag say.

    Tags of the same repository with the same `shape` differ in numbers alone: they are builds of
    one variant, on releases of one distribution.

    Args:
        repository: as it was given: `node`, `docker.io/library/node`.
        text: as written: `17.0.2_8-jre-alpine3.21`.
        shape: `text` with the numbers that move from release to release replaced by names:
            `{version}_{build}-jre-alpine{release}`; `8u422` of Java is an `{update}`.
        version: of the runtime, or of the distribution where that is what the repository
            publishes: `(17, 0, 2)`; empty when the tag names none.
        version_text: as written, without `v`: `24.04`, which is not `24.4`.
        label: pre-release with the character before it: `rc1`, `-beta.2`; empty for a release.
        build: numbers behind the version: `(8,)`, `(20241202, 1)`; empty if none.
        dated: whether `build` is a date or a time.
        words: variant words, ordered as written: `("jre",)`.
        distro: the distribution, when a word names it: `alpine`, `debian`, `windowsservercore`.
        release: of that distribution: `3.21`, `12` (for `bookworm` too); empty if not named.
        platform: `amd64`, `arm32v7`; empty if not named.
        commit: abbreviated commit of the sources; empty if not named.
    """

    repository: str
    text: str
    shape: str
    version: tuple[int, ...] = ()
    version_text: str = ""
    label: str = ""
    build: tuple[int, ...] = ()
    dated: bool = False
    words: tuple[str, ...] = ()
    distro: str = ""
    release: str = ""
    platform: str = ""
    commit: str = ""

    @property
    def floating(self) -> bool:
        """Whether no number says which release it is: `latest`, `alpine`, `bookworm-slim`."""
        return not self.version and not self.build and not self.commit

    @property
    def label_attached(self) -> bool:
        """Whether the pre-release is a part of the number: `3.14.0rc1`, not `3.14-rc`."""
        return bool(self.label) and self.label[0] not in "-_"

    @property
    def precision(self) -> tuple[int, ...]:
        """How many numbers version, release and build have.

        The time at which something was built (in seconds, behind its number) does not count:
        `8.7-1049` and `8.7-923.1669829893` are equally precise.
        """
        release = len(self.release.split(".")) if self.release else 0
        counted = len(self.build) - (len(self.build) > 1 and self.build[-1] >= _UNIX_TIME)
        return len(self.version), release, counted
