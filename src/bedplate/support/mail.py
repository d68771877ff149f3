"""Hands messages to a mail server.

Source: RFC 3207 (STARTTLS), RFC 6409 (submission), RFC 8314 (port 465).
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration, Unauthorized, Unavailable

if TYPE_CHECKING:
    from email.message import EmailMessage

_TIMEOUT = 30.0  # seconds
_TLS_FROM_THE_START = 465


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail.

    Args:
        host: its name.
        port: 465 speaks TLS from the start, all others after STARTTLS.
        user: empty to log in as nobody.
        password: of the user.
        plain: speak without TLS; not together with a user.
        context: what certificates are trusted; None for those of the system.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    plain: bool = False
    context: ssl.SSLContext | None = None


def send_mail(message: EmailMessage, server: MailServer) -> None:
    """Send a message.

    Raises:
        InvalidConfiguration: a password would go over the line in the clear.
        Unauthorized: the server refuses the login.
        Unavailable: it can't be reached, speaks no TLS, or does not take the message.
    """
    if server.plain and server.user:
        raise InvalidConfiguration(
            "a password for mail is sent over TLS only", "leave BEDPLATE_MAIL_PLAIN out"
        )
    try:
        with _connect(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except smtplib.SMTPAuthenticationError:
        raise Unauthorized(f"{server.host} refuses the login for mail") from None
    except smtplib.SMTPNotSupportedError:
        raise Unavailable(f"{server.host} does not offer STARTTLS, or no login") from None
    except smtplib.SMTPException as error:
        # what a server says may repeat what was sent to it
        raise Unavailable(f"{server.host} does not take mail: {type(error).__name__}") from None
    except OSError as error:
        raise Unavailable(f"{server.host}: {error.strerror or type(error).__name__}") from None


def _connect(server: MailServer) -> smtplib.SMTP:
    context = server.context or ssl.create_default_context()
    if server.port == _TLS_FROM_THE_START:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    if not server.plain:
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection
