"""`bedplate check [PATH...|IMAGE]`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, FINDINGS, NOT_EXAMINED
from bedplate.errors import BadInput, BedplateError

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.model.check_report import CheckReport

NAME = "check"
HELP = "lint, verify pins, look for updates and scan bases: one policy, one answer"
FORMATS = ("terminal", "json", "sarif", "markdown", "github", "junit")
_KIND = "check"  # of the comment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare paths, and where the answer is told."""
    parser.add_argument(
        "path", metavar="PATH|IMAGE", nargs="*", help="files and folders, or an image (default: .)"
    )
    parser.add_argument(
        "--comment",
        action="store_true",
        help="keep one comment in the change request that the CI job runs for",
    )
    parser.add_argument(
        "--no-update", action="store_true", help="take the advisories that are there, fetch none"
    )
    # options of the parts that a check has no use for: their policy is in files
    parser.set_defaults(axis=[], minimum_age="", prereleases=False)
    parser.set_defaults(fail_on=[], grace="", baseline=None, max_db_age=None, count=[], vex=[])
    parser.set_defaults(no_attested_vex=False, ignore_file=None, reading="", only=[], severity="")
    parser.set_defaults(dockerfile=None, stages=False, write_baseline=None)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Check, and tell whoever wants to know."""
    # lazy: rules, the registry and advisories are not for --help
    from bedplate.model.check_report import State  # noqa: PLC0415
    from bedplate.reporting.render_check import render_check  # noqa: PLC0415

    report = _report(arguments, context)
    context.write(render_check(report, arguments.format, context.look()))
    summary = context.world.variable_path("GITHUB_STEP_SUMMARY")
    if summary is not None or arguments.comment:
        text = render_check(report, "markdown", replace(context.look(), unicode=True))
        if summary is not None:
            _append(summary, text, context)
        if arguments.comment:
            _comment(text, context)
    codes = {State.FAILED: FINDINGS, State.UNKNOWN: NOT_EXAMINED}
    return codes.get(report.state, CLEAN)


def _report(arguments: argparse.Namespace, context: Context) -> CheckReport:
    from bedplate.cli.check_request import read_check_request  # noqa: PLC0415 - lazy: as above
    from bedplate.flows.check import check, check_image  # noqa: PLC0415

    folder = context.world.folder
    request = read_check_request(arguments, context)
    missing = [one for one in arguments.path if not (folder / one).exists()]
    if not missing:
        return check(folder, arguments.path, context.session, request)
    if len(arguments.path) > 1:
        raise BadInput(
            f"{missing[0]}: no such file or folder", "give paths that are there, or one image"
        )
    return check_image(missing[0], context.session, request)


def _append(path: object, text: str, context: Context) -> None:
    """Add to the summary of the job; that it can't be written must not change the answer."""
    from pathlib import Path  # noqa: PLC0415 - lazy: as above

    try:
        with Path(str(path)).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        context.notice(f"no summary of the job: {error.strerror or error}")


def _comment(text: str, context: Context) -> None:
    """Keep the comment up to date; a token without rights must not change the answer."""
    from bedplate.cli.job_forge import job_forge  # noqa: PLC0415 - lazy: forges
    from bedplate.forges.remarks import keep_comment  # noqa: PLC0415

    try:
        client, number = job_forge(context.world)
        keep_comment(client, number, _KIND, text)
    except BedplateError as error:
        context.notice(f"no comment: {error}")
