"""`bedplate pin [PATH...]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import BAD_INPUT, CLEAN, FINDINGS, NOT_EXAMINED
from bedplate.errors import BadInput
from bedplate.model.pin import PinStatus

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.model.pin import PinReport

NAME = "pin"
HELP = "write the digest of each image behind its tag, or check the digests"
FORMATS = ("terminal", "json")
_DRIFT = frozenset((PinStatus.DRIFTED, PinStatus.GONE, PinStatus.UNLOCKED))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare paths, what to do with them, and whom to ask."""
    parser.add_argument("path", metavar="PATH", nargs="*", help="file or folder (default: .)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--verify", action="store_true", help="check pins, write nothing; 1 if one has drifted"
    )
    what.add_argument("--unpin", action="store_true", help="take digests away, keep tags")
    what.add_argument(
        "--expand",
        action="store_true",
        help="name the exact version too, found by its digest: 20-alpine -> 20.20.2-alpine3.23",
    )
    parser.add_argument(
        "--lockfile",
        action="store_true",
        help="leave the files alone, keep digests in bedplate.lock",
    )
    parser.add_argument(
        "--from-daemon",
        action="store_true",
        help="take digests from what the local engine pulled, ask no registry",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help="show a patch, write nothing")
    shown.add_argument("--dry-run", action="store_true", help="tell what would be, write nothing")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Pin, unpin or verify."""
    # lazy: file kinds and the registry are not for --help
    from bedplate.reporting.pin_report import render_patch, render_pins  # noqa: PLC0415

    report = _report(arguments, context)
    if arguments.diff:
        context.write(render_patch(report))
        for pin in report.pins:
            if pin.status in (PinStatus.SKIPPED, PinStatus.UNEXAMINED):
                context.notice(f"{pin.path}:{pin.line}: {pin.image}: {pin.status}: {pin.note}")
        for item in report.skipped:
            context.notice(f"{item.what}: skipped: {item.reason}")
    else:
        context.write(render_pins(report, arguments.format, context.look()))
    return _exit_code(report)


def _report(arguments: argparse.Namespace, context: Context) -> PinReport:
    from bedplate.flows import pin as flow  # noqa: PLC0415 - lazy: as above

    folder, paths, session = context.world.folder, arguments.path, context.session
    write = not (arguments.diff or arguments.dry_run)
    if arguments.verify:
        if not write:
            raise BadInput("--verify writes nothing", "leave --diff or --dry-run out")
        return flow.verify_pins(folder, paths, session, from_daemon=arguments.from_daemon)
    if arguments.lockfile:
        if arguments.expand:
            raise BadInput("--expand changes tags, --lockfile leaves them", "use one of them")
        return flow.pin_lock(
            folder,
            paths,
            session,
            from_daemon=arguments.from_daemon,
            drop=arguments.unpin,
            write=write,
        )
    if arguments.unpin:
        return flow.unpin(folder, paths, write=write)
    return flow.pin(
        folder,
        paths,
        session,
        expand=arguments.expand,
        from_daemon=arguments.from_daemon,
        write=write,
    )


def _exit_code(report: PinReport) -> int:
    """Tell the worst that happened; drift is certain, so it goes before what is not known."""
    statuses = {pin.status for pin in report.pins}
    if report.failed:
        return BAD_INPUT
    if statuses & _DRIFT or (report.changed and not report.written):
        return FINDINGS
    return NOT_EXAMINED if PinStatus.UNEXAMINED in statuses else CLEAN
