"""The commands are there that packages are known to start when they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.commands import find_command
from bedplate.proving.native_packages import known_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.proving.node_package import NodePackage
    from bedplate.proving.situation import Situation

NAME = "package"


def missing_command(package: NodePackage, situation: Situation) -> Iterator[Proof]:
    """Look the first command up that a package starts and the base lacks.

    Args:
        package: installed.
        situation: application and base.
    """
    known = known_package("npm", package.name, package.version)
    for command in known.commands if known else ():
        if known and find_command(situation, command) == "":
            yield Proof(
                package.folder,
                Outcome.FAILS,
                NAME,
                f"{package.title} starts {command}, which is not on this base: {known.note}",
                missing=command,
                fix=f"use a base with {command}, or run it in the build stage alone",
                evidence=(known.shown,),
                package=package.title,
            )
            return
