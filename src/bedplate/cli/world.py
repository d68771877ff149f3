"""Everything of the outside that the command line reads or writes, in one value."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class World:
    """Environment, streams, folder and day of a run; tests make their own.

    Args:
        environment: variables.
        stdout: takes results.
        stderr: takes notices, progress and errors.
        folder: current folder.
        today: the day that ends of life are held against.
        stdin: gives answers to questions; None where nobody can be asked.
    """

    environment: Mapping[str, str]
    stdout: TextIO
    stderr: TextIO
    folder: Path = field(default_factory=Path)
    today: dt.date = dt.date.min
    stdin: TextIO | None = None

    @classmethod
    def real(cls) -> World:
        """Give the world of this process."""
        today = dt.datetime.now(tz=dt.UTC).date()
        return cls(os.environ, sys.stdout, sys.stderr, Path(), today, sys.stdin)

    def variable(self, name: str) -> str:
        """Give a variable of the environment, empty when it is not set."""
        return self.environment.get(name, "")

    def variable_path(self, name: str) -> Path | None:
        """Give a variable that holds a path, None when it is not set or empty."""
        value = self.variable(name)
        return self.folder / value if value else None

    @property
    def home(self) -> Path | None:
        """Home folder of the user."""
        return self.variable_path("HOME")

    @property
    def cache_folder(self) -> Path | None:
        """Folder of what can be made again; None: nowhere.

        Source: XDG Base Directory Specification; relative paths are ignored as it says.
        """
        folder = self._xdg("XDG_CACHE_HOME", ".cache")
        return folder / "bedplate" if folder else None

    @property
    def advisory_folder(self) -> Path | None:
        """Folder of the advisory stores; None: nowhere."""
        return self.cache_folder / "advisories" if self.cache_folder else None

    @property
    def data_folder(self) -> Path | None:
        """Folder of what the user gave us to keep; None: nowhere."""
        folder = self._xdg("XDG_DATA_HOME", ".local/share")
        return folder / "bedplate" if folder else None

    @property
    def configuration_folder(self) -> Path | None:
        """Folder of all programs' settings; None: nowhere."""
        return self._xdg("XDG_CONFIG_HOME", ".config")

    def _xdg(self, name: str, default: str) -> Path | None:
        value = self.variable(name)
        if value and Path(value).is_absolute():
            return Path(value)
        return self.home / default if self.home else None
