"""`bedplate compare IMAGE...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, NOT_EXAMINED
from bedplate.cli.recognised import is_recognised
from bedplate.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "compare"
HELP = "lay images side by side: sizes, contents, support"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the images and what to show of them."""
    parser.add_argument(
        "image",
        metavar="IMAGE",
        nargs="+",
        help="as for inspect; two, or one with --variants or --platform all",
    )
    parser.add_argument(
        "--packages", action="store_true", help="list the packages that differ from the first image"
    )
    parser.add_argument(
        "--variants",
        action="store_true",
        help="add the sibling tags of the first image: slim, alpine, other distributions",
    )
    parser.add_argument("--no-cves", action="store_true", help="do not count known vulnerabilities")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Look at the images, one after another."""
    # lazy: layers, package formats and the registry are not for --help
    from bedplate.flows.compare import compare  # noqa: PLC0415
    from bedplate.reporting.render import render  # noqa: PLC0415

    names: list[str] = arguments.image
    found: tuple[str, ...] = ()
    if arguments.variants:
        from bedplate.flows.variants import variants  # noqa: PLC0415 - lazy: only here

        found = tuple(name for name in variants(names[0], context.session) if name not in names)
    if len(names) + len(found) < 2 and not context.session.all_platforms:
        hint = (
            "no variant was found"
            if arguments.variants
            else "name another, or use --variants or --platform all"
        )
        raise BadInput(f"nothing to compare {names[0]} with", hint)
    report = compare(names, context.session, found)
    if not arguments.no_cves:
        from bedplate.flows.vulnerability_counts import with_counts  # noqa: PLC0415 - lazy: stores

        report = with_counts(report, context.session)
    context.write(render(report, arguments.format, context.look(packages=arguments.packages)))
    recognised = all(is_recognised(image.facts) for image in report.images)
    return CLEAN if recognised else NOT_EXAMINED
