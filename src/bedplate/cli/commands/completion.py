"""`bedplate completion SHELL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.completion_scripts import SCRIPTS
from bedplate.cli.exit_codes import CLEAN

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "completion"
HELP = "write a completion script for your shell"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the shell."""
    parser.add_argument("shell", choices=tuple(SCRIPTS), help="the shell that will read it")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the script from the very parser that reads the command line."""
    script = SCRIPTS[arguments.shell]
    context.write(script(arguments.parser))
    return CLEAN
