"""Any program that takes JSON; the document is described in docs/watch.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.notifying.posting import check_address, post_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.notice import Notice
    from bedplate.support.http import HttpClient

NAME = "webhook"
VARIABLES: tuple[str, ...] = ("BEDPLATE_WEBHOOK_URL", "BEDPLATE_WEBHOOK_TOKEN")
SCHEMA = "bedplate/notice/1"


def sender(variables: Mapping[str, str], http: HttpClient, /) -> Callable[[Notice], None] | None:
    """Make what posts to the address, with the token as bearer when there is one."""
    url, token = (variables.get(name, "") for name in VARIABLES)
    if not url:
        return None
    check_address(VARIABLES[0], url)
    if not token.isascii() or not (token.isprintable() or not token):
        raise InvalidConfiguration(f"{VARIABLES[1]} has characters that no header can hold")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return lambda notice: post_json(http, url, document(notice), headers)


def document(notice: Notice) -> dict[str, Any]:
    """Write a notice as plain values."""
    return {
        "schema": SCHEMA,
        "repository": notice.repository,
        "failure": notice.failure or None,
        "changes": [
            {
                "status": one.status,
                "title": one.title,
                "url": one.url or None,
                "notes": list(one.notes),
            }
            for one in notice.changes
        ],
    }
