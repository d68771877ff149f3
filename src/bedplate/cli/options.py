"""The options that every command has."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from bedplate.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence


# names of reporting.report_formats, which is not loaded for --help
FORMAT_NAMES = ("terminal", "json", "markdown")


class Parser(argparse.ArgumentParser):
    """A parser that raises where argparse would print a page and exit."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line.

        Raises:
            BadInput: always; says how to get help.
        """
        raise BadInput(message, f"see {self.prog} --help")


def add_common(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMAT_NAMES) -> None:
    """Declare the common options, in a group of their own; the first format is the default."""
    group = parser.add_argument_group("common options")
    group.add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        help=f"how results are written (default: {formats[0]})",
    )
    group.add_argument(
        "--output",
        metavar="FILE",
        help="write the result to FILE, all of it or nothing (default: standard output)",
    )
    group.add_argument(
        "--platform",
        metavar="OS/ARCH",
        default="",
        help="platform of the image, as linux/arm64, or all (default: linux and this machine)",
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help="use no network: answer from local images and the embedded catalog",
    )
    group.add_argument(
        "--no-pull",
        action="store_true",
        help="read manifests, but no layers that are not in the cache",
    )
    group.add_argument(
        "--config",
        metavar="FILE",
        help="settings (default: bedplate.toml here or in a folder above)",
    )
    group.add_argument("--quiet", action="store_true", help="no notices and no progress")
    group.add_argument("--verbose", action="store_true", help="say which requests were made")
    group.add_argument("--no-progress", action="store_true", help="no progress line")
