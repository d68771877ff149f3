from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bedplate.cli.main import main
from bedplate.cli.world import World

if TYPE_CHECKING:
    from pathlib import Path


class Stream(io.TextIOWrapper):
    """A text stream over bytes, that may say that it is a terminal."""

    def __init__(self, *, encoding: str = "utf-8", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def fileno(self) -> int:
        raise OSError("not a file")

    @property
    def text(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)


@dataclass
class Shell:
    """Runs command lines in a folder of its own."""

    folder: Path
    environment: dict[str, str]
    stdout: Stream
    stderr: Stream

    @property
    def world(self) -> World:
        today = dt.date(2026, 1, 1)
        return World(self.environment, self.stdout, self.stderr, self.folder, today)

    def run(self, *argv: str) -> int:
        self.stdout = Stream(encoding=self.stdout.encoding, terminal=self.stdout.isatty())
        self.stderr = Stream(encoding=self.stderr.encoding, terminal=self.stderr.isatty())
        return main(argv, self.world)

    @property
    def out(self) -> str:
        return self.stdout.text

    @property
    def err(self) -> str:
        return self.stderr.text


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    home = tmp_path / "home"
    home.mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    return Shell(folder, {"HOME": str(home)}, Stream(), Stream())
