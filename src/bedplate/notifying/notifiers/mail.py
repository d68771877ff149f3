"""Mail, over a server that speaks TLS."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import getaddresses
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.notifying.notice_text import lines, subject
from bedplate.support.mail import MailServer, send_mail

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.model.notice import Notice
    from bedplate.support.http import HttpClient

NAME = "mail"
_SERVER, _TO, _FROM = "BEDPLATE_MAIL_SERVER", "BEDPLATE_MAIL_TO", "BEDPLATE_MAIL_FROM"
_USER, _PASSWORD = "BEDPLATE_MAIL_USER", "BEDPLATE_MAIL_PASSWORD"
_PLAIN = "BEDPLATE_MAIL_PLAIN"
VARIABLES: tuple[str, ...] = (_SERVER, _TO, _FROM, _USER, _PASSWORD, _PLAIN)
_SUBMISSION = 587


def sender(variables: Mapping[str, str], _http: HttpClient, /) -> Callable[[Notice], None] | None:
    """Make what hands messages to the server."""
    place = variables.get(_SERVER, "")
    if not place:
        return None
    host, colon, port = place.rpartition(":")
    if colon and not (port.isdecimal() and 0 < int(port[:6]) < 65_536):
        raise InvalidConfiguration(f"{_SERVER} is no host and port", "write host:587")
    server = MailServer(
        host if colon else place,
        int(port) if colon else _SUBMISSION,
        variables.get(_USER, ""),
        variables.get(_PASSWORD, ""),
        plain=variables.get(_PLAIN) == "1",
    )
    to = _addresses(_TO, variables.get(_TO, ""))
    origin = _addresses(_FROM, variables.get(_FROM, "") or to[0])[0]
    return lambda notice: send_mail(message(notice, origin, to), server)


def message(notice: Notice, origin: str, to: list[str]) -> EmailMessage:
    """Write a notice as a mail."""
    mail = EmailMessage()
    mail["Subject"] = subject(notice)[:200]
    mail["From"] = origin
    mail["To"] = ", ".join(to)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office replies stay away
    mail.set_content("\n".join(lines(notice)) + "\n")
    return mail


def _addresses(variable: str, text: str) -> list[str]:
    try:
        found = [address for _, address in getaddresses([text]) if "@" in address]
    except (HeaderParseError, ValueError):
        found = []
    if not found or not text.isprintable():
        raise InvalidConfiguration(f"{variable} is no mail address", "write name@example.org")
    return found
