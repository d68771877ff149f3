"""The contract of an entry on the shelf `notifiers/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.notice import Notice
    from bedplate.support.http import HttpClient


class Notifier(Protocol):
    """One way to tell somebody.

    NAME is how reports and the state of a watch call it. VARIABLES are those of the environment
    that say whom to tell and hold its secrets; only these are handed to `sender`.
    """

    NAME: str
    VARIABLES: tuple[str, ...]

    def sender(
        self, variables: Mapping[str, str], http: HttpClient, /
    ) -> Callable[[Notice], None] | None:
        """Make what sends a notice; None when the variables name nobody.

        What it makes raises `BedplateError` when a notice is not taken. No secret, and no address,
        may be in the message.

        Raises:
            InvalidConfiguration: the variables can't be used.
        """
        ...
