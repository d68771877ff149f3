"""Slack's incoming webhooks, and those of Mattermost, Rocket.Chat and others that take the same.

Source: Slack, "Sending messages using incoming webhooks" and "Formatting text for app surfaces".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.notifying.notice_text import lines, subject
from bedplate.notifying.posting import check_address, post_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.notice import Notice
    from bedplate.support.http import HttpClient

NAME = "slack"
VARIABLES: tuple[str, ...] = ("BEDPLATE_SLACK_URL",)
_LONGEST = 3_000  # characters; Slack cuts at 40,000, others earlier


def sender(variables: Mapping[str, str], http: HttpClient, /) -> Callable[[Notice], None] | None:
    """Make what posts to the address."""
    url = variables.get(VARIABLES[0], "")
    if not url:
        return None
    check_address(VARIABLES[0], url)
    return lambda notice: post_json(http, url, {"text": text(notice)})


def text(notice: Notice) -> str:
    """Write a notice; nothing in it is taken for a link, a mention or markup of Slack's."""
    shown = "\n".join([f"*{_escaped(subject(notice))}*", *map(_escaped, lines(notice))])
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
