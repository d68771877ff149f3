"""Files that several tools read for the versions of runtimes: `.tool-versions`, `.mise.toml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Evidence

TOOL_FILES = (".tool-versions", "mise.toml", ".mise.toml")


def tool_versions(files: ProjectFiles, *names: str) -> Iterator[tuple[str, Evidence]]:
    """Give the versions that asdf's and mise's files name for a runtime.

    Args:
        files: the project.
        names: as the tools call it: `nodejs`, `node`.
    """
    choice = "|".join(map(re.escape, names))
    pattern = re.compile(rf"^\s*(?:{choice})\s*(?:=\s*)?[\"']?([\w.-]+)", re.MULTILINE)
    for path in TOOL_FILES:
        yield from found_versions(files, path, pattern)


def found_versions(
    files: ProjectFiles, path: str, pattern: re.Pattern[str]
) -> Iterator[tuple[str, Evidence]]:
    """Give what the first group of a pattern holds where it is first found in a file."""
    evidence = files.find(path, pattern)
    match = pattern.search(files.text(path))
    if evidence is not None and match is not None:
        yield match.group(1), evidence
