"""`bedplate new --runtime RUNTIME [PATH]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "new"
HELP = "write a good Dockerfile for a project that has none"
FORMATS = ("terminal",)
_RUNTIMES = ("node", "python", "go", "java", "ruby", "php", "rust", "dotnet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the runtime and what is known of the program."""
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="folder of the project (default: .)"
    )
    parser.add_argument("--runtime", choices=_RUNTIMES, required=True, help="what runs the program")
    parser.add_argument(
        "--version",
        metavar="VERSION",
        default="",
        help="of the runtime, as 22 or 3.13 (default: what files say, or one that is supported)",
    )
    parser.add_argument(
        "--port", metavar="PORT", type=int, default=0, help="port that the program listens on"
    )
    parser.add_argument(
        "--onto", metavar="IMAGE", default="", help="image or family, as alpine (default: the best)"
    )
    parser.add_argument("--diff", action="store_true", help="show the files, write nothing")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the files."""
    # lazy: project kinds and rules are not for --help
    from bedplate.flows.advised_change import write_change  # noqa: PLC0415
    from bedplate.flows.new_project import new_project  # noqa: PLC0415
    from bedplate.reporting.patch import patch  # noqa: PLC0415

    folder = context.world.folder / arguments.path
    change = new_project(
        folder,
        arguments.runtime,
        context.session,
        version=arguments.version,
        port=arguments.port,
        onto=arguments.onto,
    )
    if arguments.diff:
        context.write(patch(change.files))
    for note in change.notes:
        context.notice(note)
    for name in () if arguments.diff else write_change(change, folder):
        context.notice(f"{name}: written")
    return CLEAN
