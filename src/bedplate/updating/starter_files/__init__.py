"""The files that a project may begin with; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.starter_files import (
    bedplate,
    dependabot,
    gitea,
    github,
    gitlab,
    renovate,
)

if TYPE_CHECKING:
    from bedplate.updating.starter_file import StarterFile

STARTER_FILES: tuple[StarterFile, ...] = (bedplate, renovate, dependabot, github, gitlab, gitea)
