"""JSON to an address that is a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from bedplate.errors import BedplateError, InvalidConfiguration, Unavailable
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.support.http import HttpClient


def check_address(variable: str, url: str) -> None:
    """Refuse what is no address; it is not shown, since it lets everybody write there.

    Raises:
        InvalidConfiguration: names the variable.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("https", "http") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        sound = False
    if not sound or " " in url:
        raise InvalidConfiguration(f"{variable} is no address", "write https://host/path")


def post_json(
    http: HttpClient, url: str, document: Any, headers: Mapping[str, str] | None = None
) -> None:
    """Send a document once.

    Raises:
        Unavailable: it was not taken; neither path nor headers are in the message.
    """
    host = urlsplit(url).hostname
    body = msgspec.json.encode(document)
    sent = {"Content-Type": "application/json", **(headers or {})}
    try:
        response = http.send(Request(url, "POST", sent, body, kind="notice", once=True))
        response.discard()
    except BedplateError as error:
        raise Unavailable(f"{host} does not take the notice: {type(error).__name__}") from None
    if response.status >= 300:
        raise Unavailable(f"{host} does not take the notice: status {response.status}")
