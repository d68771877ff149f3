"""The parser of the whole command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.cli.commands import COMMANDS
from bedplate.cli.options import FORMAT_NAMES, Parser, add_common

if TYPE_CHECKING:
    import argparse


def make_parser(chosen: str = "") -> argparse.ArgumentParser:
    """Make the parser of the whole command line.

    Args:
        chosen: the command whose options will be asked for: those of the others are left out,
            which takes most of the time. Empty, or the command that writes completions, for the
            options of all.

    Returns:
        the parser, which comes along as `arguments.parser`.
    """
    parser = Parser(
        prog="bedplate",
        description="Inspect and compare container base images, and lint what names them.",
        epilog="Exit codes: 0 clean, 1 findings or changes, 2 usage or bad input, "
        "3 could not be examined, 70 bug, 130 interrupted.",
        allow_abbrev=False,
    )
    parser.set_defaults(parser=parser)
    parser.add_argument("--version", action="version", version=f"bedplate {__version__}")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    for command in COMMANDS:
        added = commands.add_parser(
            command.NAME, help=command.HELP, description=command.HELP, allow_abbrev=False
        )
        if chosen in ("", "completion", command.NAME):
            command.add_arguments(added)
            add_common(added, getattr(command, "FORMATS", FORMAT_NAMES))
    return parser
