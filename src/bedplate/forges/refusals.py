"""What a forge's refusals mean, in our errors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from bedplate.errors import BedplateError, ForgeError, RateLimited, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 300  # characters of a forge's own words
_SECONDARY_WAIT = 60.0  # seconds; what GitHub asks for where it names no time
_SECONDARY = re.compile(r"secondary rate limit|abuse detection", re.IGNORECASE)
# what the token has, or what it would need, as GitHub's headers tell
_NEEDS = ("X-Accepted-GitHub-Permissions", "X-Accepted-OAuth-Scopes")
_WORDS = ("message", "error", "error_description", "scope", "errors", "field", "code")
_MAX_WORDS = 12


class Conflict(ForgeError):  # noqa: N818 - the field's word for 409 and 422
    """What was asked for is there already, or does not fit what is there.

    Args:
        message: what the forge says.
        status: the HTTP status.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Missing(ForgeError):  # noqa: N818 - the field's word for 404
    """No such thing, or not for this token."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is an error.

    Args:
        host: who answered.
        status: the HTTP status.
        headers: of the answer.
        words: what the body says, scrubbed.
        doing: what was tried, as `open a change request`.
        rights: what a token needs, in the words of the forge.
    """

    host: str
    status: int
    headers: Mapping[str, str]
    words: str
    doing: str
    rights: str

    def error(self) -> BedplateError:
        """Give the error that says so."""
        said = f": {self.words}" if self.words else ""
        match self.status:
            case 401:
                return Unauthorized(f"{self.host} does not take the token{said}", self._advice())
            case 403 if _SECONDARY.search(self.words):
                return RateLimited(
                    f"{self.host} limits the rate of changes", "try again later", _SECONDARY_WAIT
                )
            case 403:
                return Unauthorized(
                    f"{self.host}: the token may not {self.doing}{said}", self._advice()
                )
            case 404 | 410:
                return Missing(
                    f"{self.host} can't {self.doing}: there is no such thing, or not for this "
                    f"token{said}",
                    self._advice(),
                )
            case 400 | 405 | 406 | 409 | 422 | 423:
                return Conflict(f"{self.host} does not {self.doing}{said}", self.status)
            case _:
                return ForgeError(f"{self.host} can't {self.doing}: status {self.status}{said}")

    def _advice(self) -> str:
        needs = [self.headers.get(name, "") for name in _NEEDS]
        needed = next((need for need in needs if need), "")
        extra = f"; this request needs {_plain(needed)}" if needed else ""
        return f"the token needs {self.rights}{extra}"


def words_of(content: bytes) -> str:
    """Find what the body of a refusal says, in one short line; empty when it is not JSON."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return ""
    found: list[str] = []
    _gather(value, found, 0)
    return _plain("; ".join(dict.fromkeys(found)))


def _gather(value: object, found: list[str], depth: int) -> None:
    """Collect the texts of a body: each forge nests them in its own way."""
    if len(found) >= _MAX_WORDS or depth > 3:
        return
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, list):
        for item in value[:_MAX_WORDS]:
            _gather(item, found, depth + 1)
    elif isinstance(value, dict):
        nested = depth > 0
        for key, item in list(value.items())[:_MAX_WORDS]:
            if nested or key in _WORDS:
                _gather(item, found, depth + 1)


def _plain(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text[: 4 * _SHOWN])
    return " ".join(shown.split())[:_SHOWN]
