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
        help="a program, a folder (node_modules, a virtual environment, dist/), or an image",
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
    parser.add_argument("--all", action="store_true", help="list the files that load too")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Prove one application."""
    # lazy: layers and loaders are not for --help
    from bedplate.flows.prove import prove  # noqa: PLC0415
    from bedplate.reporting.render_proof import render_proof  # noqa: PLC0415

    report = prove(
        arguments.application,
        arguments.on,
        context.world.folder,
        context.session,
        base_layers=arguments.base_layers,
    )
    look = context.look(packages=arguments.all)
    context.write(render_proof(report, arguments.format, look))
    return _exit_code(report)


def _exit_code(report: ProofReport) -> int:
    outcomes = {proof.outcome for base in report.bases for proof in base.proofs}
    if Outcome.FAILS in outcomes:
        return FINDINGS
    return CLEAN if outcomes - {Outcome.UNKNOWN} else NOT_EXAMINED
