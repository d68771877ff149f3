"""A token, which is shown to its forge and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bedplate.errors import InvalidConfiguration

_MAX_LENGTH = 8_192  # characters; tokens that are signed documents take 1 to 2 thousand


class TokenKind(StrEnum):
    """How a forge wants to be shown a token."""

    PERSONAL = "personal"
    JOB = "job"  # the token of a GitLab CI job


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a forge.

    Args:
        secret: the token itself; never in a message, a log, an argument or an address.
        kind: how it is shown.

    Raises:
        InvalidConfiguration: empty, too long, or with characters that no header can hold.
    """

    secret: str = field(repr=False)
    kind: TokenKind = TokenKind.PERSONAL

    def __post_init__(self) -> None:
        sound = self.secret.isascii() and self.secret.isprintable() and " " not in self.secret
        if not self.secret or not sound or len(self.secret) > _MAX_LENGTH:
            raise InvalidConfiguration(
                "the token of the forge is empty or has characters that no token has",
                "give it without quotes, spaces and line ends",
            )

    def scrub(self, text: str) -> str:
        """Take the token out of a text that comes from outside."""
        return text.replace(self.secret, "***")
