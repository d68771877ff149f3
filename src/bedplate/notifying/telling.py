"""Notices to everybody who wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.notifying.notifiers import NOTIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.notice import Notice
    from bedplate.support.http import HttpClient

    Send = Callable[[Notice], None]


def open_senders(variables: Mapping[str, str], http: HttpClient) -> dict[str, Send]:
    """Give the ways that variables of the environment ask for, by their names.

    Raises:
        InvalidConfiguration: variables that can't be used.
    """
    found = {}
    for notifier in NOTIFIERS:
        own = {name: variables[name] for name in notifier.VARIABLES if variables.get(name)}
        send = notifier.sender(own, http)
        if send is not None:
            found[notifier.NAME] = send
    return found


def tell(notice: Notice, send: Send) -> str:
    """Send a notice; give the reason why it was not taken, empty when it was."""
    try:
        send(notice)
    except BedplateError as error:
        return error.message
    return ""
