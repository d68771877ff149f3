"""`bedplate update [PATH...]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import BAD_INPUT, CLEAN, FINDINGS, NOT_EXAMINED
from bedplate.cli.update_request import add_policy_arguments, outlook_of

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.flows.update import Choose
    from bedplate.model.outdated_report import OutdatedRow
    from bedplate.model.update_report import UpdateReport

NAME = "update"
HELP = "move images forward in the files that name them, or open change requests for it"
FORMATS = ("terminal", "json", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare paths, what may move, and what becomes of the changes."""
    parser.add_argument("path", metavar="PATH", nargs="*", help="file or folder (default: .)")
    add_policy_arguments(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--diff", action="store_true", help="show a patch, write nothing")
    how.add_argument("--dry-run", action="store_true", help="tell what would be, write nothing")
    how.add_argument("--interactive", action="store_true", help="ask about each image")
    how.add_argument("--commit", action="store_true", help="commit each group of changes")
    how.add_argument(
        "--pr", action="store_true", help="open or refresh a change request for each group"
    )
    parser.add_argument(
        "--compare",
        action="store_true",
        help="look into the images and ask the gates before anything is changed (--pr does)",
    )
    group = parser.add_argument_group("change requests")
    group.add_argument("--remote", default="origin", help="remote of git (default: origin)")
    group.add_argument(
        "--forge", default="", help="github, gitlab or gitea, where its host may be any"
    )
    group.add_argument("--api-url", metavar="URL", default="", help="address of the forge's API")
    group.add_argument("--base", metavar="BRANCH", default="", help="branch to merge into")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Plan the changes, and make them as asked."""
    # lazy: file kinds and the registry are not for --help
    from bedplate.reporting.patch import patch  # noqa: PLC0415
    from bedplate.reporting.update_text import render_update  # noqa: PLC0415

    report = _report(arguments, context)
    if arguments.diff:
        context.write(patch(report.changed))
        for item in (*report.not_edited, *report.outdated.skipped):
            context.notice(f"{item.what}: {item.reason}")
        for row in report.outdated.unexamined:
            context.notice(f"{row.reference.familiar}: {row.decision.failure}")
    else:
        context.write(render_update(report, arguments.format, context.look()))
    return _exit_code(report)


def _report(arguments: argparse.Namespace, context: Context) -> UpdateReport:
    from bedplate.flows.update import plan_update, update  # noqa: PLC0415 - lazy: as above

    world = context.world
    outlook = outlook_of(arguments, context, compare=arguments.compare or arguments.pr)
    if arguments.pr:
        from bedplate.cli.change_requests import open_requests  # noqa: PLC0415 - lazy: forges

        return open_requests(arguments, context, outlook)
    choose = _questions(context) if arguments.interactive else None
    plan = plan_update(world.folder, arguments.path, context.session, outlook, choose)
    if arguments.commit:
        from bedplate.flows.update_commits import commit_update  # noqa: PLC0415 - lazy: git
        from bedplate.support.git import Git  # noqa: PLC0415

        return commit_update(plan, Git(world.folder, world.environment))
    return update(plan, write=not (arguments.diff or arguments.dry_run))


def _questions(context: Context) -> Choose:
    from bedplate.cli.questions import Questions  # noqa: PLC0415 - lazy: seldom asked
    from bedplate.reporting.outdated_words import move, place, target  # noqa: PLC0415

    questions = Questions(context)

    def choose(row: OutdatedRow) -> bool:
        candidate = row.decision.candidate
        if candidate is None:
            return False
        name = row.reference.familiar.partition("@")[0]
        text = f"{place(row)}: {name} -> {target(row)}, {move(candidate)}?"
        return questions.ask((row.reference, candidate), text)

    return choose


def _exit_code(report: UpdateReport) -> int:
    from bedplate.model.update_report import GroupStatus  # noqa: PLC0415 - lazy: as above

    if report.failed or any(one.status is GroupStatus.FAILED for one in report.groups):
        return BAD_INPUT
    if report.changed and not report.written:
        return FINDINGS
    return NOT_EXAMINED if report.outdated.unexamined else CLEAN
