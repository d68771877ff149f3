"""How the image starts: parts that come from two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.rebase_report import Concern
from bedplate.rebasing.run_config import sets
from bedplate.rebasing.situation import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.rebasing.situation import Situation

NAME = "start"


def find(situation: Situation) -> Iterator[Concern]:
    """Look at the entry point below a command, at triggers, and at values of the old base."""
    runs = situation.runs
    own_command = sets(runs.own, runs.before, "Cmd")
    own_entrypoint = sets(runs.own, runs.before, "Entrypoint")
    if own_command and not own_entrypoint and sets(runs.after, runs.before, "Entrypoint"):
        yield Concern(
            NAME,
            blocks=False,
            message="the command is the image's, the ENTRYPOINT that runs it is another on the "
            f"new base: {runs.after.get('Entrypoint') or 'none'} in place of "
            f"{runs.before.get('Entrypoint') or 'none'}",
            fix="set ENTRYPOINT in the image",
        )
    triggers = runs.after.get("OnBuild")
    if triggers and isinstance(triggers, list):
        yield Concern(
            NAME,
            blocks=False,
            message=f"the new base has {counted(len(triggers), 'ONBUILD trigger')}, for "
            "builds alone",
            fix="build the image again if it needs them",
        )
