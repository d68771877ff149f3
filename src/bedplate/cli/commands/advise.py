"""`bedplate advise [PATH]`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.cli.exit_codes import CLEAN, FINDINGS
from bedplate.errors import BadInput, InvalidConfiguration

if TYPE_CHECKING:
    import argparse

    from bedplate.advising.settings import AdviseSettings
    from bedplate.cli.context import Context

NAME = "advise"
HELP = "tell which base a project should stand on, and why not on the others"
FORMATS = ("terminal", "json", "markdown")
_PREFERENCES = ("balanced", "size", "security", "compatibility")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the project, what weighs most, and whether to make the change."""
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="folder of a project (default: .)"
    )
    parser.add_argument(
        "--file", metavar="FILE", default="", help="the Dockerfile, from PATH (default: usual ones)"
    )
    parser.add_argument(
        "--prefer", choices=_PREFERENCES, default=None, help="what weighs most (default: balanced)"
    )
    parser.add_argument(
        "--compile",
        action="store_true",
        help="allow packages to be compiled in a builder that gets a compiler",
    )
    parser.add_argument(
        "--image", metavar="IMAGE", action="append", default=[], help="look at IMAGE too"
    )
    parser.add_argument(
        "--onto", metavar="IMAGE", default="", help="write for this candidate, not the advised one"
    )
    parser.add_argument(
        "--write", action="store_true", help="change the Dockerfile, or make one that is better"
    )
    parser.add_argument(
        "--diff", action="store_true", help="show the change as a patch, write nothing"
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="make a multi-stage Dockerfile even where changing FROM would do",
    )
    parser.add_argument(
        "--exit-code", action="store_true", help="end with 1 when another image is advised"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Advise, and write when asked."""
    # lazy: project kinds, rules and lock formats are not for --help
    from bedplate.flows.advise import advise  # noqa: PLC0415
    from bedplate.reporting.render_advice import render_advice  # noqa: PLC0415

    world, session = context.world, context.session
    settings = _settings(arguments, context)
    if session.platform_asked and not settings.platforms:
        settings = replace(settings, platforms=(str(session.platform),))
    found = advise(
        world.folder / arguments.path,
        session,
        settings,
        name=arguments.path,
        dockerfile=arguments.file,
    )
    if not (arguments.write or arguments.diff):
        context.write(render_advice(found.advice, arguments.format, context.look()))
        best = found.advice.advised
        stays = best is not None and best.current
        return FINDINGS if arguments.exit_code and not stays else CLEAN
    from bedplate.flows.advised_change import change_of, write_change  # noqa: PLC0415 - lazy: as above
    from bedplate.reporting.patch import patch  # noqa: PLC0415

    change = change_of(found, onto=arguments.onto, whole=arguments.whole)
    for note in change.notes:
        context.notice(note)
    if arguments.diff:
        context.write(patch(change.files))
        return FINDINGS if change.files else CLEAN
    for name in write_change(change, world.folder / arguments.path):
        context.notice(f"{name}: written")
    return CLEAN


def _settings(arguments: argparse.Namespace, context: Context) -> AdviseSettings:
    from bedplate.advising.settings import read_advise_settings  # noqa: PLC0415 - lazy: as above
    from bedplate.model.advice import Preference  # noqa: PLC0415

    folder = context.world.folder
    path = folder / arguments.config if arguments.config else find_configuration(folder)
    tables = read_configuration(path) if path else {}
    table, lint = (tables.get(name, {}) for name in (NAME, "lint"))
    if not isinstance(table, dict) or not isinstance(lint, dict):
        raise InvalidConfiguration(f"{path}: advise or lint is not a table", "write [advise]")
    settings = read_advise_settings(table)
    if "packages" in lint:
        from bedplate.linting.package_settings import read_package_settings  # noqa: PLC0415

        settings = replace(settings, packages=read_package_settings(lint["packages"]))
    if arguments.prefer:
        settings = replace(settings, preference=Preference(arguments.prefer))
    if arguments.onto and not (arguments.write or arguments.diff):
        raise BadInput("--onto is for --write and --diff", "use --image to look at one more image")
    images = dict.fromkeys((*settings.images, *arguments.image))
    return replace(settings, images=tuple(images), compile=arguments.compile)
