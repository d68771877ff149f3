"""The program is there that tells whether a container is well.

Source: Docker image specification 1.2, "Healthcheck".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.commands import find_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "health check"
_SHELL = "/bin/sh"


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look the shell or the first word of HEALTHCHECK up."""
    kind, *command = config.health_check or ("NONE",)
    program = {"CMD-SHELL": _SHELL, "CMD": next(iter(command), "")}.get(kind, "")
    if program and find_command(situation, program) == "":
        yield Proof(
            "HEALTHCHECK",
            Outcome.RISK,
            NAME,
            f"{program} is not found: the container counts as unhealthy",
            missing=program,
            fix="let the program itself check its health, as HEALTHCHECK CMD [...]",
        )
