"""`bedplate inspect IMAGE...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, NOT_EXAMINED
from bedplate.cli.recognised import is_recognised

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.model.vulnerability_counts import VulnerabilityCounts

NAME = "inspect"
HELP = "tell what an image is, what is in it and how large that is"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the image and what to show of it."""
    parser.add_argument("image", metavar="IMAGE", help="node:20, oci:DIR, docker-archive:FILE, ...")
    parser.add_argument("--packages", action="store_true", help="list every package")
    parser.add_argument("--no-cves", action="store_true", help="do not count known vulnerabilities")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Look at one image, on one platform or all."""
    # lazy: layers, package formats and the registry are not for --help
    from bedplate.flows.differences import platform_differences  # noqa: PLC0415
    from bedplate.flows.inspect import inspect  # noqa: PLC0415
    from bedplate.model.comparison import Inspection  # noqa: PLC0415
    from bedplate.reporting.render import render  # noqa: PLC0415

    rows = inspect(arguments.image, context.session)
    counts: tuple[VulnerabilityCounts | None, ...] = ()
    if not arguments.no_cves:
        from bedplate.flows.vulnerability_counts import counts_of  # noqa: PLC0415 - lazy: stores

        counts = counts_of(rows, context.session)
    report = Inspection(rows, platform_differences(rows), counts)
    look = context.look(packages=arguments.packages)
    context.write(render(report, arguments.format, look))
    return CLEAN if all(map(is_recognised, rows)) else NOT_EXAMINED
