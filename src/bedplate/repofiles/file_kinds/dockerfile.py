"""Dockerfiles and Containerfiles, by all their usual names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.dockerfile import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "dockerfile"
# In small letters only as a whole word: `dockerfile_test.py` is not one.
WANTS: tuple[str, ...] = (
    *(
        f"**/{pattern}"
        for name in ("Dockerfile", "Containerfile")
        for pattern in (name, f"{name}.*", f"{name}-*", f"{name}_*", f"*.{name}", f"*-{name}")
    ),
    *(
        f"**/{pattern}"
        for name in ("dockerfile", "containerfile")
        for pattern in (name, f"*.{name}", f"*-{name}")
    ),
)
_INSTRUCTION = re.compile(
    r"^[ \t\ufeff]*(?:#|(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL"
    r"|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)[ \t\\`])",
    re.MULTILINE | re.IGNORECASE,
)


def recognises(text: str) -> bool:
    """Tell by a line that begins with an instruction: fragments have no FROM."""
    return _INSTRUCTION.search(text) is not None


def images(file: Repofile) -> Iterator[ImageUse | Skipped]:
    """Yield every external image; stages, `scratch` and build contexts are not images.

    Raises:
        InvalidDockerfile: BuildKit refuses it.

    Source: BuildKit, "Dockerfile reference".
    """
    yield from parse(file.text).images()
