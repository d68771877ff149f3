"""`bedplate db update | status | build | export | import | push | pull`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, NOT_EXAMINED
from bedplate.cli.options import add_common
from bedplate.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.cli.context import Context

NAME = "db"
HELP = "fetch, show and carry the advisories that scans ask"
FORMATS = ("terminal", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with advisories."""
    verbs = parser.add_subparsers(title="actions", dest="action", metavar="ACTION", required=True)
    update = _add(verbs, "update", "fetch what has changed in the feeds")
    update.add_argument("store", metavar="STORE", nargs="*", help="debian-12, npm, epss, ...")
    update.add_argument(
        "--for",
        dest="images",
        metavar="IMAGE",
        action="append",
        default=[],
        help="the stores that this image needs; repeatable",
    )
    update.add_argument(
        "--all", action="store_true", help="all that are there, all languages and enrichments"
    )
    _add_force(update)
    _add(verbs, "status", "list the stores with their dates and sources")
    build = _add(verbs, "build", "make stores from local copies of feeds")
    build.add_argument(
        "--from",
        dest="source",
        metavar="DIR",
        required=True,
        help="folder of zips, JSON, JSON lines, CSV, ...; stores go to the folder --output, "
        "or to those that scans ask",
    )
    _add_force(build)
    for name, what, text in (
        ("export", "FILE", "write stores to one file"),
        ("push", "oci://REF", "upload stores to a registry"),
        ("import", "FILE", "read stores from a file that was exported"),
        ("pull", "oci://REF", "download stores from a registry"),
    ):
        verb = _add(verbs, name, text)
        verb.add_argument("place", metavar=what, help="where")
        if name != "import":
            verb.add_argument("store", metavar="STORE", nargs="*", help="which; all without")


def _add_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--force", action="store_true", help="take stores that are much smaller than the old ones"
    )


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """Add an action that takes the common options too, before and after its name."""
    parser = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
    add_common(parser, FORMATS)
    for option in parser._actions:  # noqa: SLF001 - argparse has no public way to ask
        option.default = argparse.SUPPRESS  # else it would undo what stood before the name
    return parser


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do what the action says."""
    return _ACTIONS[arguments.action](arguments, context)


def _update(arguments: argparse.Namespace, context: Context) -> int:
    # lazy: stores, feeds and layers are not for --help
    from bedplate.advisories.update import State  # noqa: PLC0415
    from bedplate.cli.db_settings import db_mirrors  # noqa: PLC0415
    from bedplate.cli.db_words import outcome_line  # noqa: PLC0415
    from bedplate.flows import db  # noqa: PLC0415
    from bedplate.flows.inspect import inspect  # noqa: PLC0415

    session = context.session
    names = list(arguments.store)
    for image in arguments.images:
        for facts in inspect(image, session):
            names += db.needed_by(facts, session)
    if arguments.all:
        names += db.everything(session)
    if not names:
        raise BadInput("nothing to update", "name stores, or use --for IMAGE or --all")
    outcomes = db.update(
        tuple(dict.fromkeys(names)),
        session,
        mirrors=db_mirrors(arguments, context.world),
        force=arguments.force,
    )
    context.write("\n".join(outcome_line(one) for one in outcomes))
    return NOT_EXAMINED if any(one.state is State.FAILED for one in outcomes) else CLEAN


def _status(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.cli.db_words import write_status  # noqa: PLC0415 - lazy: as above
    from bedplate.flows.db import status  # noqa: PLC0415

    session = context.session
    stores, damaged = status(session)
    context.write(write_status(stores, arguments.format, session.today))
    for error in damaged:
        context.notice(str(error))
    return NOT_EXAMINED if damaged else CLEAN


def _build(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.flows import db  # noqa: PLC0415 - lazy: as above

    here = context.world.folder
    folder = here / arguments.output if arguments.output else db.folder_of(context.session)
    built = db.build(here / Path(arguments.source), folder, force=arguments.force)
    for item in built.skipped:
        context.notice(f"skipped {item.what}: {item.reason}")
    count = sum(one.advisories for one in built.manifests)
    context.notice(f"{len(built.manifests)} stores with {count} advisories written to {folder}")
    return CLEAN if built.manifests else NOT_EXAMINED


def _export(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.flows.db import export  # noqa: PLC0415 - lazy: as above

    path = context.world.folder / arguments.place
    names = export(arguments.store, path, context.session)
    context.notice(f"{', '.join(names)} written to {path}")
    return CLEAN


def _import(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.flows.db import import_  # noqa: PLC0415 - lazy: as above

    read = import_(context.world.folder / arguments.place, context.session)
    context.notice(f"{', '.join(one.name for one in read)} read")
    return CLEAN


def _push(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.flows.db import push  # noqa: PLC0415 - lazy: as above

    reference, digest = push(arguments.store, arguments.place, context.session)
    context.write(f"{reference}@{digest}")
    return CLEAN


def _pull(arguments: argparse.Namespace, context: Context) -> int:
    from bedplate.flows.db import pull  # noqa: PLC0415 - lazy: as above

    read = pull(arguments.store, arguments.place, context.session)
    context.notice(f"{', '.join(one.name for one in read) or 'nothing'} read")
    return CLEAN


_ACTIONS: dict[str, Callable[[argparse.Namespace, Context], int]] = {
    "update": _update,
    "status": _status,
    "build": _build,
    "export": _export,
    "import": _import,
    "push": _push,
    "pull": _pull,
}
