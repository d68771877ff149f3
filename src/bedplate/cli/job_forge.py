"""From the environment of a CI job to the change request on its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.ci_job import find_job
from bedplate.cli.forge_connection import connect_forge
from bedplate.errors import BadInput

if TYPE_CHECKING:
    from bedplate.cli.world import World
    from bedplate.forges.forge import ForgeClient


def job_forge(world: World) -> tuple[ForgeClient, int]:
    """Give a client of the repository, and the number of the change request.

    Raises:
        BadInput: the environment is not that of a change request.
        Unauthorized: there is no token for the forge.
    """
    job = find_job(world)
    if job is None:
        raise BadInput(
            "the environment names no change request", "run it in CI, for a change request"
        )
    return connect_forge(world, job.remote, job.forge, job.api_url).client, job.number
