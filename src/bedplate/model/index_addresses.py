"""Where the files of packages are asked for, as the user's own tools are configured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexAddresses:
    """Addresses of package indexes; empty where none is configured.

    Args:
        npm: of a registry of npm.
        pypi: of a simple index of Python.
    """

    npm: str = ""
    pypi: str = ""
