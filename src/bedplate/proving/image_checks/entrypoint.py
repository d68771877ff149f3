"""The program is there that the image starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.commands import find_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "entrypoint"


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look the first word of ENTRYPOINT, or else of CMD, up."""
    word = "ENTRYPOINT" if config.entrypoint else "CMD"
    command = (*config.entrypoint, *config.command)
    if not command:
        return
    found = find_command(situation, command[0])
    if found:
        yield Proof(word, Outcome.LOADS, NAME, f"{command[0]} is {found}")
    elif found is None:
        reason = f"{command[0]}: the profile of the base says nothing of it"
        yield Proof(word, Outcome.UNKNOWN, NAME, reason, missing=command[0])
    else:
        yield Proof(
            word,
            Outcome.FAILS,
            NAME,
            f"{command[0]} is not found: the container does not start",
            missing=command[0],
            fix="name a program that the base has, or copy it into the image",
        )
