"""What the environment of a CI job says: the change request that it runs for, and where."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.cli.world import World

_MAX_EVENT = 8 * 1024 * 1024  # bytes; payloads have up to 25 MB, those of change requests less
_REQUEST = re.compile(r"refs/pull/(\d{1,9})/(?:merge|head)", re.ASCII)


@dataclass(frozen=True, slots=True)
class CiJob:
    """A change request that a job runs for.

    Args:
        remote: address of the repository that the request is in.
        number: of the request.
        forge: kind of forge.
        api_url: address of its API; empty for the usual place.
    """

    remote: str
    number: int
    forge: str
    api_url: str = ""


def find_job(world: World) -> CiJob | None:
    """Tell which change request this is about; None when it is about none.

    Source: GitHub Actions, "Variables", default variables; GitLab, "Predefined CI/CD variables";
    Gitea and Forgejo Actions set the variables of GitHub, and one of their own.
    """
    if world.variable("GITLAB_CI"):
        return _gitlab(world)
    if not world.variable("GITHUB_ACTIONS"):
        return None
    server, name = world.variable("GITHUB_SERVER_URL"), world.variable("GITHUB_REPOSITORY")
    number = _number(world)
    if not server or not name or not number:
        return None
    gitea = world.variable("GITEA_ACTIONS") or world.variable("FORGEJO_ACTIONS")
    api = "" if gitea else world.variable("GITHUB_API_URL")
    return CiJob(f"{server}/{name}", number, "gitea" if gitea else "github", api)


def _gitlab(world: World) -> CiJob | None:
    number = world.variable("CI_MERGE_REQUEST_IID")
    # in a fork's pipeline the request is in the project that it was forked from
    remote = world.variable("CI_MERGE_REQUEST_PROJECT_URL") or world.variable("CI_PROJECT_URL")
    if not number.isdecimal() or len(number) > 9 or not remote:
        return None
    return CiJob(remote, int(number), "gitlab", world.variable("CI_API_V4_URL"))


def _number(world: World) -> int:
    """Find the number in the ref, or for events on the base branch in the event; 0 if none."""
    found = _REQUEST.fullmatch(world.variable("GITHUB_REF"))
    if found is not None:
        return int(found[1])
    path = world.variable_path("GITHUB_EVENT_PATH")
    if path is None:
        return 0
    try:
        with path.open("rb") as file:
            event = json.loads(file.read(_MAX_EVENT))
        number = event["pull_request"]["number"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return 0
    return number if isinstance(number, int) and 0 < number < 10**9 else 0
