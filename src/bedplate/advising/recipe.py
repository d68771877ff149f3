"""How a project is built and started: what a multi-stage Dockerfile is made of."""

from __future__ import annotations

from dataclasses import dataclass


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
        command: exec form; empty to leave that of the base.
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
    command: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
