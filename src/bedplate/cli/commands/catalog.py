"""`bedplate catalog list | show | add | export | import | build`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN
from bedplate.cli.options import add_common
from bedplate.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.cli.context import Context

NAME = "catalog"
HELP = "list, show and extend the facts that answer without a network"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the catalog."""
    verbs = parser.add_subparsers(title="actions", dest="action", metavar="ACTION", required=True)
    listing = _add(verbs, "list", "list the images that the catalog knows")
    listing.add_argument("text", metavar="TEXT", nargs="?", default="", help="part of a name")
    show = _add(verbs, "show", "tell what the catalog knows of an image")
    show.add_argument("image", metavar="IMAGE", help="node:20, gcr.io/distroless/..., scratch")
    show.add_argument("--packages", action="store_true", help="list every package")
    add = _add(verbs, "add", "read an image and keep its facts")
    add.add_argument("image", metavar="IMAGE", nargs="+", help="an image of a registry")
    export = _add(verbs, "export", "write your entries to a file, one a line")
    export.add_argument("file", metavar="FILE", help="the file to write")
    export.add_argument("--all", action="store_true", help="the embedded entries too")
    import_ = _add(verbs, "import", "keep the entries of an exported file, all or none")
    import_.add_argument("file", metavar="FILE", help="the file to read")
    build = _add(verbs, "build", "make an embedded catalog from a folder of entries")
    build.add_argument(
        "--from",
        dest="source",
        metavar="DIR",
        required=True,
        help="folder of entries; the new catalog goes to the folder --output",
    )


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """Add an action that takes the common options too, before and after its name."""
    parser = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
    add_common(parser)
    for option in parser._actions:  # noqa: SLF001 - argparse has no public way to ask
        option.default = argparse.SUPPRESS  # else it would undo what stood before the name
    return parser


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do what the action says."""
    _ACTIONS[arguments.action](arguments, context)
    return CLEAN


def _list(arguments: argparse.Namespace, context: Context) -> None:
    from bedplate.cli.catalog_listing import write_list  # noqa: PLC0415 - lazy: as in every command

    catalog = context.session.catalog
    context.write(write_list(catalog, arguments.text, arguments.format, context.look()))


def _show(arguments: argparse.Namespace, context: Context) -> None:
    # lazy: layers, package formats and the registry are not for --help
    from bedplate.flows.catalog import show  # noqa: PLC0415
    from bedplate.flows.differences import platform_differences  # noqa: PLC0415
    from bedplate.model.comparison import Inspection  # noqa: PLC0415
    from bedplate.reporting.render import render  # noqa: PLC0415

    rows = show(arguments.image, context.session)
    report = Inspection(rows, platform_differences(rows))
    look = context.look(packages=arguments.packages)
    context.write(render(report, arguments.format, look))


def _add_images(arguments: argparse.Namespace, context: Context) -> None:
    from bedplate.flows.catalog import add  # noqa: PLC0415 - lazy: as above

    lines = []
    for image in arguments.image:
        rows = add(image, context.session)
        platforms = ", ".join(row.platform or "?" for row in rows)
        lines.append(f"{image}: added for {platforms}")
    context.write("\n".join(lines))


def _export(arguments: argparse.Namespace, context: Context) -> None:
    path = context.world.folder / arguments.file
    count = context.session.catalog.export(path, everything=arguments.all)
    context.notice(f"{count} images written to {path}")


def _import(arguments: argparse.Namespace, context: Context) -> None:
    path = context.world.folder / arguments.file
    count = context.session.catalog.import_(path)
    context.notice(f"{count} images read from {path}")


def _build(arguments: argparse.Namespace, context: Context) -> None:
    from bedplate.facts.build_snapshot import build_snapshot  # noqa: PLC0415 - lazy: as above

    if not arguments.output:
        raise BadInput("catalog build needs --output", "name the folder for the new catalog")
    folder = context.world.folder
    built = build_snapshot(folder / Path(arguments.source), folder / Path(arguments.output))
    context.notice(f"{built.images} images, {built.rows} rows, {built.size} bytes written")


_ACTIONS: dict[str, Callable[[argparse.Namespace, Context], None]] = {
    "list": _list,
    "show": _show,
    "add": _add_images,
    "export": _export,
    "import": _import,
    "build": _build,
}
