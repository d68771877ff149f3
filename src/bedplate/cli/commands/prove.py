"""`bedplate prove APP --on BASE...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, FINDINGS, NOT_EXAMINED
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.model.verdict import ProofReport

NAME = "prove"
HELP = "tell whether a program, folder or image would run on other bases"
FORMATS = ("terminal", "json", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is proved, and on which bases."""
    parser.add_argument(
        "application",
        metavar="APP",
        help="a program, a folder (node_modules, a virtual environment, dist/), an image, or a "
        "project with lock files",
    )
    parser.add_argument(
        "--on",
        metavar="BASE",
        nargs="+",
        action="extend",
        required=True,
        help="node:20-alpine, dir:ROOTFS, oci:DIR, scratch, ...",
    )
    parser.add_argument(
        "--base-layers",
        metavar="N",
        type=int,
        help="how many of the lowest layers of APP are its base's (default: found out)",
    )
    parser.add_argument(
        "--installed-on",
        metavar="BASE",
        default="",
        help="a project: the base of the stage that installs its packages (default: each BASE)",
    )
    parser.add_argument(
        "--fetch",
        action="store_true",
        help="a project: download its packages and judge their bytes",
    )
    parser.add_argument(
        "--dev", action="store_true", help="a project: packages for development too"
    )
    parser.add_argument("--all", action="store_true", help="list the files that load too")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Prove one application."""
    # lazy: layers and loaders are not for --help
    from bedplate.cli.index_addresses import find_addresses  # noqa: PLC0415
    from bedplate.flows.prove import prove  # noqa: PLC0415
    from bedplate.flows.prove_project import ProjectWishes  # noqa: PLC0415
    from bedplate.reporting.render_proof import render_proof  # noqa: PLC0415

    folder = context.world.folder
    addresses = find_addresses(context.world, folder / arguments.application)
    report = prove(
        arguments.application,
        arguments.on,
        folder,
        context.session,
        base_layers=arguments.base_layers,
        wishes=ProjectWishes(
            arguments.installed_on, arguments.dev, addresses if arguments.fetch else None
        ),
    )
    look = context.look(packages=arguments.all)
    context.write(render_proof(report, arguments.format, look))
    return _exit_code(report)


def _exit_code(report: ProofReport) -> int:
    """Tell the worst that is certain; a base that could not be had was not examined."""
    outcomes = {proof.outcome for base in report.bases for proof in base.proofs}
    if Outcome.FAILS in outcomes:
        return FINDINGS
    unseen = any(base.outcome in (None, Outcome.UNKNOWN) and base.skipped for base in report.bases)
    return NOT_EXAMINED if unseen or not outcomes - {Outcome.UNKNOWN} else CLEAN
