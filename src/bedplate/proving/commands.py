"""Where a command is found, as execvp(3) looks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def find_command(situation: Situation, name: str) -> str | None:
    """Find a command.

    Args:
        situation: application and base.
        name: a path, or a name that is looked up in PATH.

    Returns:
        its path; empty when it is not there; None when that is not known.
    """
    config = situation.application.config
    if "/" in name:
        return _at(situation, _absolute(name, config))
    unknown = False
    for folder in _folders(config):
        path = f"{folder.rstrip('/')}/{name}"
        there = situation.has(path)
        if there:
            return path
        unknown = unknown or there is None
    return None if unknown else ""


def _at(situation: Situation, path: str) -> str | None:
    there = situation.has(path)
    return path if there else None if there is None else ""


def _absolute(name: str, config: ImageConfig | None) -> str:
    if name.startswith("/") or config is None:
        return name
    return f"{config.working_directory or '/'}/{name}"


def _folders(config: ImageConfig | None) -> list[str]:
    path = config.variable("PATH") if config else None
    return [folder for folder in (path or _PATH).split(":") if folder]
