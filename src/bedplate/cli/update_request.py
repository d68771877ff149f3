"""What `outdated` and `update` have in common: the policy, and what overrides it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.configuration import find_configuration

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from bedplate.cli.context import Context
    from bedplate.cli.world import World
    from bedplate.flows.outdated import Outlook
    from bedplate.model.update_policy import UpdateSettings

_AXES = ("digest", "patch", "minor", "major", "distro")


def add_policy_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what overrides the policy of the repository."""
    parser.add_argument(
        "--axis",
        metavar="AXIS",
        action="append",
        choices=_AXES,
        default=[],
        help=f"what may move, in place of what the policy says: {', '.join(_AXES)}",
    )
    parser.add_argument(
        "--minimum-age",
        metavar="PERIOD",
        default="",
        help="time that a candidate must be there: 3d",
    )
    parser.add_argument("--prereleases", action="store_true", help="propose pre-releases too")


def outlook_of(arguments: argparse.Namespace, context: Context, *, compare: bool) -> Outlook:
    """Read the policy, and put the options above it.

    Raises:
        InvalidConfiguration: the policy, or an option.
    """
    from bedplate.flows.image_deltas import ImageDeltas  # noqa: PLC0415 - lazy: not for --help
    from bedplate.flows.outdated import Outlook  # noqa: PLC0415
    from bedplate.flows.update_settings import read_update_settings  # noqa: PLC0415

    world = context.world
    named: str | None = arguments.config
    own = world.folder / named if named else find_configuration(world.folder)
    top = top_of(world.folder)
    settings = read_update_settings(top, own)
    # without --compare no image is asked for: the catalog tells what it knows by digest
    session = context.session if compare else replace(context.session, offline=True)
    return Outlook(
        _with_options(settings, arguments),
        now_of(world),
        ImageDeltas(session),
        gates=compare,
        below=world.folder.resolve().relative_to(top).as_posix(),
    )


def top_of(folder: Path) -> Path:
    """Find the top of the repository: the nearest folder with `.git`, else the folder itself."""
    start = folder.resolve()
    return next((one for one in (start, *start.parents) if (one / ".git").exists()), start)


def now_of(world: World) -> dt.datetime:
    """Give the moment of the run: the clock's on the world's day, noon of any other."""
    now = dt.datetime.now(tz=dt.UTC)
    if now.date() == world.today:
        return now
    return dt.datetime.combine(world.today, dt.time(12), tzinfo=dt.UTC)


def _with_options(settings: UpdateSettings, arguments: argparse.Namespace) -> UpdateSettings:
    from bedplate.model.tag_choice import Axis  # noqa: PLC0415 - lazy: not for --help
    from bedplate.model.update_policy import UpdateRule  # noqa: PLC0415
    from bedplate.updating.setting_values import hours  # noqa: PLC0415

    changes: dict[str, object] = {}
    if arguments.axis:
        changes["axes"] = frozenset(Axis[one.upper()] for one in arguments.axis)
    if arguments.minimum_age:
        changes["minimum_age"] = hours("--minimum-age", arguments.minimum_age) / 24
    if arguments.prereleases:
        changes["prereleases"] = True
    if not changes:
        return settings
    # as the last rule: an option is above everything that a file says
    return replace(settings, rules=(*settings.rules, UpdateRule(changes)))
