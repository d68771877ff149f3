"""From the options of `update --pr` and the environment to the repository on its forge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.update_request import top_of
from bedplate.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context
    from bedplate.flows.outdated import Outlook
    from bedplate.flows.update_requests import Place
    from bedplate.model.update_report import UpdateReport


def open_requests(
    arguments: argparse.Namespace, context: Context, outlook: Outlook
) -> UpdateReport:
    """Open and refresh change requests.

    Raises:
        BadInput: offline, no repository, or no such remote.
        Unauthorized: there is no token for the forge, or it may not do this.
    """
    from bedplate.flows.update_requests import update_requests  # noqa: PLC0415 - lazy: forges

    if arguments.offline:
        raise BadInput("--pr needs a network", "leave --offline out, or use --commit")
    place, base = _place(arguments, context, outlook)
    settings = replace(outlook.settings, base=base)
    return update_requests(
        place, arguments.path, context.session, replace(outlook, settings=settings)
    )


def _place(arguments: argparse.Namespace, context: Context, outlook: Outlook) -> tuple[Place, str]:
    from bedplate.cli.forge_connection import connect_forge  # noqa: PLC0415 - lazy: as above
    from bedplate.flows.update_requests import Place  # noqa: PLC0415
    from bedplate.support.git import Git  # noqa: PLC0415
    from bedplate.support.git_remote import find_remote  # noqa: PLC0415

    world = context.world
    remote = find_remote(Git(world.folder, world.environment), arguments.remote)
    client, login = connect_forge(world, remote.url, arguments.forge, arguments.api_url)
    base = arguments.base or outlook.settings.base or client.describe().default_branch
    git = Git(top_of(world.folder), world.environment, login)
    below = "" if outlook.below == "." else outlook.below
    return Place(client, git, remote, base, below), base
