"""`bedplate sbom IMAGE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, NOT_EXAMINED
from bedplate.cli.recognised import is_recognised
from bedplate.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "sbom"
HELP = "list what an image is made of, as CycloneDX or SPDX"
FORMATS = ("cyclonedx", "spdx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the image."""
    parser.add_argument("image", metavar="IMAGE", help="node:20, oci:DIR, docker-archive:FILE, ...")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the SBOM of one image on one platform."""
    # lazy: layers, package formats and the registry are not for --help
    from bedplate.flows.inspect import inspect  # noqa: PLC0415
    from bedplate.reporting.render_sbom import render_sbom  # noqa: PLC0415

    if context.session.all_platforms:
        raise BadInput("an SBOM is of one platform", "name one, as --platform linux/arm64")
    [facts] = inspect(arguments.image, context.session)
    if facts.packages is None:
        raise BadInput(
            f"{arguments.image}: its packages are not known", "leave --no-pull and --offline out"
        )
    context.write(render_sbom(facts, arguments.format, context.look()))
    return CLEAN if is_recognised(facts) else NOT_EXAMINED
