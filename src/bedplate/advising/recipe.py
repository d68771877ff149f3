"""How a project is built and started: what a multi-stage Dockerfile is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.needs import Needs

# what starts a program from its sources, which are not in the final image
_FROM_SOURCES = frozenset(
    ("go", "cargo", "make", "mvn", "./mvnw", "gradle", "./gradlew", "java", "dotnet", "sh", "bash")
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Steps of a build.

    Args:
        manifests: files that say which packages are needed; copied before all others, so that
            a change of the sources does not install them again.
        install: commands that fetch packages, each a RUN.
        build: commands that run once all files are there.
        copies: paths of the builder, and where they go in the final image.
        folder: working directory of both stages.
        whole: whether `COPY . .` brings the sources into the builder.
        tool_stage: another stage that a tool is copied from: name of the image, path.
        build_environment, environment: variables of the builder, and of the final image.
        final: commands that run in the final image.
        command: exec form; empty to leave that of the base.
        keyword: `CMD`, or `ENTRYPOINT` for a program of its own.
        ignored: lines for .dockerignore.
    """

    manifests: tuple[str, ...] = ()
    install: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    folder: str = "/app"
    whole: bool = True
    tool_stage: tuple[str, str] | None = None
    build_environment: tuple[tuple[str, str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    final: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    keyword: str = "CMD"
    ignored: tuple[str, ...] = ()

    def in_folder(self, folder: str) -> Recipe:
        """Give the same steps in another working directory.

        Args:
            folder: absolute, as today's Dockerfile has it; commands may count on it.
        """
        old = self.folder
        copies = tuple((folder if path == old else path, target) for path, target in self.copies)
        environment = tuple(
            (name, f"{folder}{value.removeprefix(old)}" if value.startswith(f"{old}/") else value)
            for name, value in self.environment
        )
        install = tuple(line.replace(f" {old}/", f" {folder}/") for line in self.install)
        return replace(self, folder=folder, copies=copies, environment=environment, install=install)


def arguments_of(needs: Needs) -> tuple[str, ...]:
    """Give the arguments with which a compiled program is started today."""
    command = needs.start.command
    return command[1:] if command and command[0] not in _FROM_SOURCES else ()
