"""For which platforms a project is built: workflows, Compose and Bake files say so.

Sources: docker/build-push-action (`platforms`), the Compose specification (`platforms`,
`platform`), the Bake file reference (`platforms`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.advising.project_files import ProjectFiles

_NAMED = re.compile(
    r"^[\s-]*[\"']?platforms?[\"']?\s*[:=](.*(?:\n\s*(?:-\s*)?[\"']?linux/.*)*)", re.MULTILINE
)
_PLATFORM = re.compile(r"linux/(?:amd64|386|arm64|arm|ppc64le|riscv64|s390x)(?:/v\d)?")
_MAX_PLATFORMS = 20
PLATFORM_FILES = ("*.yml", "*.yaml", "*.hcl", "docker-bake.json")


def wanted_platforms(files: ProjectFiles) -> tuple[str, ...]:
    """List the platforms that files about builds name, each once."""
    found: dict[str, None] = {}
    for path in files.named(*PLATFORM_FILES):
        for match in _NAMED.finditer(files.text(path)):
            found.update(dict.fromkeys(_PLATFORM.findall(match.group(1))))
    return tuple(found)[:_MAX_PLATFORMS]
