"""Since when a tag stands for what it stands for, as Docker Hub's own API tells.

Source: Docker Hub API, "Read repository tag": `tag_last_pushed`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from bedplate.errors import BedplateError
from bedplate.model.reference import DOCKER_HUB
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.reference import Reference
    from bedplate.support.http import HttpClient

_MAX_ANSWER = 1024 * 1024  # bytes; a tag of many platforms takes a few thousand


def hub_clock(http: HttpClient, api: str) -> Callable[[Reference], tuple[str, str]]:
    """Make what tells the time of a tag, and who says so; both are empty when it is not known.

    Args:
        http: sends the requests; no login goes along.
        api: address of the API, as `https://hub.docker.com/v2`.
    """

    def pushed(reference: Reference) -> tuple[str, str]:
        if reference.registry != DOCKER_HUB:
            return "", ""
        path = f"repositories/{quote(reference.repository)}/tags/{quote(reference.tag)}"
        try:
            with http.send(Request(f"{api.rstrip('/')}/{path}", kind="tag time")) as response:
                content = response.document(_MAX_ANSWER) if response.status == 200 else b"{}"
            answer = json.loads(content)
        except (BedplateError, ValueError, RecursionError):
            return "", ""
        time = answer.get("tag_last_pushed") if isinstance(answer, dict) else None
        return (time, "Docker Hub, when it was pushed") if isinstance(time, str) else ("", "")

    return pushed
