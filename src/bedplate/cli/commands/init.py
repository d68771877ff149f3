"""`bedplate init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.flows.init import Started

NAME = "init"
HELP = "write a policy for what the project has, and workflows that check and update"
FORMATS = ("terminal",)
_WORKFLOWS = ("github", "gitlab", "gitea")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which files are written."""
    policy = parser.add_mutually_exclusive_group()
    policy.add_argument(
        "--renovate", action="store_true", help="write renovate.json in place of bedplate.toml"
    )
    policy.add_argument(
        "--dependabot", action="store_true", help="write dependabot.yml in place of bedplate.toml"
    )
    parser.add_argument(
        "--workflow",
        action="append",
        choices=_WORKFLOWS,
        default=[],
        help="write a workflow too: check change requests, update every night; repeatable",
    )
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.add_argument("--dry-run", action="store_true", help="show the files, write nothing")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Look at the project, write, and tell what was written."""
    # lazy: file kinds are not for --help
    from bedplate.cli.configuration import find_configuration  # noqa: PLC0415
    from bedplate.cli.update_request import top_of  # noqa: PLC0415
    from bedplate.flows.init import look_at_project, plan_files, write_started  # noqa: PLC0415
    from bedplate.flows.update_settings import read_update_settings  # noqa: PLC0415

    top = top_of(context.world.folder)
    settings = read_update_settings(top, find_configuration(top))
    policy = "bedplate"
    if arguments.renovate or arguments.dependabot:
        policy = "renovate" if arguments.renovate else "dependabot"
    project = look_at_project(top, settings)
    files = plan_files(project, {policy, *arguments.workflow})
    if not arguments.dry_run:
        write_started(top, files, force=arguments.force)
    context.write("".join(_told(one, shown=arguments.dry_run) for one in files))
    return CLEAN


def _told(one: Started, *, shown: bool) -> str:
    notes = "".join(f"  {note}\n" for note in one.content.notes)
    if shown:
        return f"--- {one.place}\n{one.content.text}{notes}"
    return f"wrote {one.place}\n{notes}"
