"""Where pip and npm are told to ask for packages; bedplate knows no address of its own."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.model.index_addresses import IndexAddresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.cli.world import World

_MAX_BYTES = 1024 * 1024
_PIP_VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
_NPM_VARIABLES = ("NPM_CONFIG_REGISTRY", "npm_config_registry")
_REGISTRY = re.compile(r"^[ \t]*registry[ \t]*=[ \t]*(\S+)[ \t]*$", re.MULTILINE)


def find_addresses(world: World, project: Path) -> IndexAddresses:
    """Read the addresses of package indexes that are configured.

    Args:
        world: environment and home of the user.
        project: folder whose own `.npmrc` counts before the user's.

    Source: pip documentation, "Configuration"; npm documentation, "npmrc".
    """
    variables = (world.variable(name) for name in _NPM_VARIABLES)
    npm = next(filter(None, (*variables, *_in_npmrc(world, project))), "")
    variables = (world.variable(name) for name in _PIP_VARIABLES)
    pypi = next(filter(None, (*variables, *_in_pip_conf(world))), "")
    return IndexAddresses(npm, pypi)


def _in_npmrc(world: World, project: Path) -> Iterator[str]:
    for folder in filter(None, (project, world.home)):
        match = _REGISTRY.search(_text(folder / ".npmrc"))
        if match:
            yield match[1]


def _in_pip_conf(world: World) -> Iterator[str]:
    home, settings = world.home, world.configuration_folder
    chosen = world.variable_path("PIP_CONFIG_FILE")
    environment = world.variable_path("VIRTUAL_ENV")
    places = (
        chosen,
        environment / "pip.conf" if environment else None,
        settings / "pip/pip.conf" if settings else None,
        home / ".pip/pip.conf" if home else None,
        Path("/etc/pip.conf"),
    )
    for place in filter(None, places):
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(_text(place))
        except configparser.Error:
            continue
        yield parser.get("global", "index-url", fallback="").strip()


def _text(path: Path) -> str:
    """Read a small file; what is not there, or can't be read, says nothing."""
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
