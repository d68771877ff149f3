"""`bedplate annotate IMAGE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "annotate"
HELP = "write the name of its base into an image that does not say it"
FORMATS = ("terminal", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the image, its base, and where the result goes."""
    parser.add_argument("image", metavar="IMAGE", help="in a registry, or oci:DIR[:TAG]")
    parser.add_argument(
        "--base",
        metavar="BASE",
        default="",
        help="what it stands on (default: found by layers, annotations, provenance)",
    )
    parser.add_argument(
        "--tag", metavar="NAME", default="", help="write to this tag instead, or a whole other name"
    )
    parser.add_argument("--dry-run", action="store_true", help="tell what would be, write nothing")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Annotate; the digest changes, and the report says both."""
    # lazy: the registry is not for --help
    from bedplate.flows.annotate import annotate  # noqa: PLC0415
    from bedplate.reporting.rebase_report import render_rebase  # noqa: PLC0415

    report = annotate(
        arguments.image,
        context.session,
        base=arguments.base,
        tag=arguments.tag,
        write=not arguments.dry_run,
    )
    context.write(render_rebase(report, arguments.format, context.look()))
    return CLEAN
