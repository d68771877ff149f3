"""What a project needs of the image that it runs on, each need with what shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows something.

    Args:
        path: of the file, from the root of the project.
        line: from 1; 0 for the file as a whole.
        text: what stands there, or what it means.
    """

    path: str
    line: int = 0
    text: str = ""

    @property
    def place(self) -> str:
        """The file, and the line where there is one."""
        return f"{self.path}:{self.line}" if self.line else self.path


class NeedKind(StrEnum):
    """What a project may ask of an image."""

    SHELL = "shell"
    TOOL = "tool"
    CERTIFICATES = "certificates"
    TIME_ZONES = "time zones"
    DEBUGGING = "debugging"
    COMPILER = "compiler"
    NATIVE_CODE = "native code"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that the project asks for.

    Args:
        kind: what it is.
        what: which one: `sh`, `npm`, `git`; or what it is needed for.
        evidence: what shows it.
        avoidable: whether a Dockerfile that `advise --write` makes does without it.
    """

    kind: NeedKind
    what: str
    evidence: Evidence
    avoidable: bool = False


@dataclass(frozen=True, slots=True)
class WantedPackage:
    """A package of the distribution that the Dockerfile installs.

    Args:
        manager: `apt` or `apk`.
        name: of the package, without a version.
        evidence: where it is installed.
        to_build: whether it is only of use while something is built.
    """

    manager: str
    name: str
    evidence: Evidence
    to_build: bool = False


@dataclass(frozen=True, slots=True)
class WantedVersion:
    """The version of the runtime.

    Args:
        cycle: release cycle, as the end-of-life table and tags have it: `20`, `3.12`.
        evidence: what says so.
        exact: as it is written there: `>=18`, `20.11.0`.
    """

    cycle: str
    evidence: Evidence
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """How the program is started.

    Args:
        command: words of the exec form; empty when it is not known.
        evidence: what says so.
        simplified: whether it was another one: `npm start` that stands for `node server.js`.
    """

    command: tuple[str, ...] = ()
    evidence: Evidence | None = None
    simplified: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that a project asks for.

    Args:
        kind: name of the project kind: `node`.
        title: for people: `Node.js`.
        versions: what the files say of the runtime's version, what counts most first.
        needs: in the order of the files.
        packages: packages of the distribution that the Dockerfile installs.
        platforms: `os/architecture` that it is built for.
        start: how it is started.
        ports: that it listens on.
        image: of the last stage today; empty when there is no Dockerfile.
        image_evidence: where that stands.
    """

    kind: str
    title: str
    versions: tuple[WantedVersion, ...] = ()
    needs: tuple[Need, ...] = ()
    packages: tuple[WantedPackage, ...] = ()
    platforms: tuple[str, ...] = ()
    start: Start = field(default_factory=Start)
    ports: tuple[int, ...] = ()
    image: str = ""
    image_evidence: Evidence | None = None

    def of(self, kind: NeedKind) -> tuple[Need, ...]:
        """Give the needs of one kind."""
        return tuple(need for need in self.needs if need.kind is kind)

    @property
    def version(self) -> str:
        """The release cycle that counts; empty when no file says one."""
        return self.versions[0].cycle if self.versions else ""
