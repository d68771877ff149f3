"""`bedplate rebase IMAGE --onto BASE`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, FINDINGS
from bedplate.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context

NAME = "rebase"
HELP = "put a built image onto another base, without building it again"
FORMATS = ("terminal", "json")
_LAST_SECOND, _DIGITS = 253_402_300_799, 12  # the end of the year 9999


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the image, both bases, and where the result goes."""
    parser.add_argument("image", metavar="IMAGE", help="in a registry, or oci:DIR[:TAG]")
    parser.add_argument("--onto", metavar="BASE", required=True, help="the new base")
    parser.add_argument(
        *("--from",),
        dest="old_base",
        metavar="BASE",
        default="",
        help="the base that it stands on (default: found by layers, annotations, provenance)",
    )
    parser.add_argument(
        "--tag", metavar="NAME", default="", help="write to this tag, or to a whole other name"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="take over a name that is there already"
    )
    parser.add_argument("--force", action="store_true", help="go on against what speaks against it")
    parser.add_argument("--dry-run", action="store_true", help="tell what would be, write nothing")
    parser.add_argument("--packages", action="store_true", help="list the packages that differ")
    parser.add_argument(
        "--source-date-epoch",
        metavar="SECONDS",
        help="time of the result (default: SOURCE_DATE_EPOCH, else that of the image)",
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Rebase; 1 when something speaks against it and nothing was written."""
    # lazy: layers, the prover and the registry are not for --help
    from bedplate.flows.rebase import rebase  # noqa: PLC0415
    from bedplate.flows.rebase_request import RebaseRequest  # noqa: PLC0415
    from bedplate.reporting.rebase_report import render_rebase  # noqa: PLC0415

    seconds = arguments.source_date_epoch
    if seconds is None:
        seconds = context.world.variable("SOURCE_DATE_EPOCH")
    request = RebaseRequest(
        arguments.image,
        arguments.onto,
        arguments.old_base,
        arguments.tag,
        overwrite=arguments.overwrite,
        force=arguments.force,
        created=_moment(seconds),
        write=not arguments.dry_run,
    )
    report = rebase(request, context.session)
    look = context.look(packages=arguments.packages)
    context.write(render_rebase(report, arguments.format, look))
    return FINDINGS if report.blocked and not report.forced else CLEAN


def _moment(seconds: str) -> str:
    """Write seconds of the epoch as RFC 3339; empty stays empty.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
    """
    if not seconds:
        return ""
    plain = len(seconds) <= _DIGITS and seconds.isascii() and seconds.isdecimal()
    number = int(seconds) if plain else -1
    if not 0 <= number <= _LAST_SECOND:
        raise BadInput(f"{seconds[:40]!r} is no time", "give seconds since 1970")
    return dt.datetime.fromtimestamp(number, tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
