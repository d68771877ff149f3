"""What a command is given: the session, and where to write."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bedplate.cli.output import write_file, write_stream
from bedplate.reporting.harmless import harmless
from bedplate.reporting.look import Look

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.progress_line import ProgressLine
    from bedplate.cli.world import World
    from bedplate.flows.session import Session
    from bedplate.support.request_budget import RequestBudget

_DEFAULT_WIDTH = 80
_MIN_WIDTH, _MAX_WIDTH = 40, 400


class Context:
    """One run of a command.

    Args:
        arguments: the common options, see `options.add_common`.
        world: environment and streams.
    """

    def __init__(self, arguments: argparse.Namespace, world: World) -> None:
        self._arguments = arguments
        self.world = world

    @cached_property
    def session(self) -> Session:
        """Means and permissions for flows, made when first asked for.

        Raises:
            InvalidConfiguration: bedplate.toml or another configuration file.
            InvalidPlatform: `--platform`.
        """
        from bedplate.cli.opening import open_session  # noqa: PLC0415 - lazy: loads the registry

        return open_session(
            self._arguments,
            self.world,
            notify=self.notice,
            progress=self.progress,
            budget=self.requests,
        )

    @cached_property
    def requests(self) -> RequestBudget:
        """Counts what is asked of registries."""
        from bedplate.support.request_budget import RequestBudget  # noqa: PLC0415 - lazy: threads

        return RequestBudget()

    @cached_property
    def progress(self) -> ProgressLine | None:
        """The progress line; None when nobody would see or wants it."""
        from bedplate.cli.progress_line import ProgressLine  # noqa: PLC0415 - lazy: threads

        arguments, stream = self._arguments, self.world.stderr
        wanted = not (arguments.quiet or arguments.no_progress)
        return ProgressLine(stream) if wanted and stream.isatty() else None

    def look(self, *, packages: bool = False, suppressed: bool = False) -> Look:
        """Tell how reports are drawn here: width, colour, characters, and what is listed."""
        stream, world = self.world.stdout, self.world
        to_terminal = self._arguments.output is None and stream.isatty()
        plain = bool(world.variable("NO_COLOR")) or world.variable("TERM") == "dumb"
        encoding = "utf-8" if self._arguments.output else getattr(stream, "encoding", None)
        return Look(
            width=self._width(),
            color=to_terminal and not plain,
            unicode=(encoding or "ascii").lower().replace("-", "").startswith("utf"),
            packages=packages,
            suppressed=suppressed,
        )

    def _width(self) -> int:
        columns = self.world.variable("COLUMNS")
        width = int(columns) if columns.isdecimal() and len(columns) < 6 else 0
        if not width and self._arguments.output is None and self.world.stdout.isatty():
            width = _terminal_width(self.world.stdout)
        return min(max(width or _DEFAULT_WIDTH, _MIN_WIDTH), _MAX_WIDTH)

    def write(self, text: str) -> None:
        """Hand the result over, once: to `--output`, else to standard output.

        Args:
            text: the whole result; names in it were made harmless by whoever drew it.

        Raises:
            StorageError: the file can't be written; what was there is as it was.
        """
        self.clear_progress()
        text = text if text.endswith("\n") or not text else f"{text}\n"
        output: str | None = self._arguments.output
        if output is None or output == "-":
            write_stream(self.world.stdout, text)
        else:
            write_file(self.world.folder / Path(output), text)

    def notice(self, line: str) -> None:
        """Say one line on stderr, unless `--quiet`."""
        if not self._arguments.quiet:
            self.clear_progress()
            write_stream(self.world.stderr, f"bedplate: {harmless(line)}\n")

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self.progress is not None:
            self.progress.clear()

    def close(self) -> None:
        """Say what `--verbose` promises: the requests that were made."""
        self.clear_progress()
        if self._arguments.verbose:
            write_stream(self.world.stderr, f"bedplate: {harmless(self.requests.line())}\n")


def _terminal_width(stream: TextIO) -> int:
    import os  # noqa: PLC0415 - lazy: only asked on a terminal

    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:  # a terminal in name only
        return 0
