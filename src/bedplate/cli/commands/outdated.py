"""`bedplate outdated [PATH...]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, FINDINGS, NOT_EXAMINED
from bedplate.cli.update_request import add_policy_arguments, outlook_of

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "outdated"
HELP = "tell which images are behind, by how much, and what newer ones would fix"
FORMATS = ("terminal", "json", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare paths, what may move, and how closely to look."""
    parser.add_argument("path", metavar="PATH", nargs="*", help="file or folder (default: .)")
    add_policy_arguments(parser)
    parser.add_argument(
        "--compare",
        action="store_true",
        help="look into the images: sizes, packages, vulnerabilities; ask the gates",
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 if an image is behind")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Find what is behind, and tell."""
    # lazy: file kinds and the registry are not for --help
    from bedplate.flows.outdated import outdated  # noqa: PLC0415
    from bedplate.reporting.render_outdated import render_outdated  # noqa: PLC0415

    outlook = outlook_of(arguments, context, compare=arguments.compare)
    report = outdated(context.world.folder, arguments.path, context.session, outlook)
    context.write(render_outdated(report, arguments.format, context.look()))
    if arguments.exit_code and report.behind:
        return FINDINGS
    return NOT_EXAMINED if report.unexamined else CLEAN
