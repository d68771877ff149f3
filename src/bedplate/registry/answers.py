"""What an answer of a registry means: the right error, in the registry's own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.errors import (
    BedplateError,
    ImageNotFound,
    RateLimited,
    RegistryError,
    Unauthorized,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.support.http_response import Response

_MAX_REFUSAL = 64 * 1024  # bytes read of an error document
_MAX_WORDS = 300  # characters shown of it


def refusal(
    response: Response, what: str, *, secrets: Iterable[str] = (), problem: str = ""
) -> BedplateError:
    """Make the error for an answer that is not the content asked for; reads its body.

    Args:
        response: of any status but success.
        what: the image, tag list or blob, for the message.
        secrets: texts that a message never shows, whoever sends them back.
        problem: why a login could not be read, as a hint when one is needed.

    Source: distribution-spec, "Error Codes".
    """
    host, status = response.origin.name, response.status
    try:
        content = response.document(_MAX_REFUSAL)
    except BedplateError:
        content = b""
    codes, words = _read(content)
    for secret in secrets:
        words = words.replace(secret, "***") if secret else words
    words = f": {words}" if words else ""
    if status in (401, 403):
        hint = problem or "check the name, or log in with docker, podman or skopeo login"
        return Unauthorized(f"{host} refuses {what}{words or ' without a login'}", hint)
    if status == 429 or "TOOMANYREQUESTS" in codes:
        return RateLimited(f"{host} limits the rate of requests{words}", "try again later")
    if is_web_page(response, content):
        return web_page(response)
    if status == 404:
        hint = "the registry has no such repository" if "NAME_UNKNOWN" in codes else ""
        return ImageNotFound(f"{what} is not in {host}{words}", hint)
    return RegistryError(f"{host} answers status {status} for {what}{words}")


def is_web_page(response: Response, content: bytes) -> bool:
    """Tell whether an answer is for people: a login page, a proxy's warning, not a registry."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") or content.lstrip()[:1] == b"<"


def web_page(response: Response) -> RegistryError:
    """Make the error for a web page in the place of an answer."""
    return RegistryError(
        f"{response.origin.name} answers with a web page (status {response.status})",
        "check that this is a registry, and that no login page or proxy is in between",
    )


def _read(content: bytes) -> tuple[set[str], str]:
    """Give the codes and messages of an error document, none when it is something else."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return set(), ""
    errors = document.get("errors") if isinstance(document, dict) else None
    codes: list[str] = []
    messages: list[str] = []
    for error in errors[:5] if isinstance(errors, list) else ():
        if isinstance(error, dict):
            codes.append(str(error.get("code", ""))[:64].upper())
            messages.append(str(error.get("message") or error.get("code") or ""))
    words = "".join(c if c.isprintable() else " " for c in "; ".join(filter(None, messages)))
    return set(codes), " ".join(words.split())[:_MAX_WORDS]
