"""Mail: what reaches the server, and what never does."""

from __future__ import annotations

import socketserver
import threading
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidConfiguration, Unavailable
from bedplate.model.notice import Change, Notice
from bedplate.notifying.notifiers import mail
from bedplate.notifying.telling import tell
from bedplate.support.http import HttpClient
from bedplate.support.mail import MailServer, send_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "s3cret-password"
NOTICE = Notice("acme/shop", (Change("opened", "node 20.10 -> 20.11\r\nBcc: x@y", "https://h/1"),))


class MailBox(socketserver.ThreadingTCPServer):
    """A server that speaks just enough SMTP, without TLS."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.messages: list[str] = []
        self.said: list[str] = []
        self.refuse: dict[str, bytes] = {}
        self.offers = b""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailBox

    def handle(self) -> None:
        self.wfile.write(b"220 box\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper().rstrip(":")
            self.server.said.append(line)
            if word in self.server.refuse:
                self.wfile.write(self.server.refuse[word])
            elif word == "EHLO":
                self.wfile.write(self.server.offers + b"250 box\r\n")
            elif word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                self._take()
            elif word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.decode())
        self.server.messages.append("".join(lines))
        self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def box() -> Iterator[MailBox]:
    with MailBox() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def variables(box: MailBox, **more: str) -> dict[str, str]:
    return {
        "BEDPLATE_MAIL_SERVER": f"127.0.0.1:{box.port}",
        "BEDPLATE_MAIL_TO": "Ann <ann@example.org>, bob@example.org",
        "BEDPLATE_MAIL_PLAIN": "1",
        **more,
    }


def test_a_notice_arrives_and_puts_nothing_into_headers(box: MailBox) -> None:
    send = mail.sender(variables(box), HttpClient())
    assert send is not None
    assert tell(NOTICE, send) == ""
    [text] = box.messages
    head, _, body = text.partition("\r\n\r\n")
    assert "Subject: bedplate: acme/shop: 1 base image update" in head
    assert "To: ann@example.org, bob@example.org" in head
    assert "Bcc" not in head
    assert "opened: node 20.10 -> 20.11\\x0d\\x0aBcc: x@y; https://h/1" in body
    receivers = [line for line in box.said if line.upper().startswith("RCPT")]
    assert len(receivers) == 2


def test_without_tls_nothing_is_sent_unless_asked_for(box: MailBox) -> None:
    send = mail.sender(variables(box, BEDPLATE_MAIL_PLAIN=""), HttpClient())
    assert send is not None
    assert "does not offer STARTTLS" in tell(NOTICE, send)
    assert box.messages == []
    assert all("MAIL" not in line.upper() for line in box.said)


def test_a_password_is_never_sent_in_the_clear(box: MailBox) -> None:
    server = MailServer("127.0.0.1", box.port, "ann", SECRET, plain=True)
    with pytest.raises(InvalidConfiguration):
        send_mail(mail.message(NOTICE, "a@b", ["c@d"]), server)
    assert box.said == []
    assert SECRET not in repr(server)


def test_what_a_server_says_is_not_repeated(box: MailBox) -> None:
    box.refuse["RCPT"] = f"550 no {SECRET}\r\n".encode()
    send = mail.sender(variables(box), HttpClient())
    assert send is not None
    assert tell(NOTICE, send) == "127.0.0.1 does not take mail: SMTPRecipientsRefused"


def test_a_server_that_is_not_there_is_one_line() -> None:
    message = mail.message(NOTICE, "a@b", ["c@d"])
    with pytest.raises(Unavailable, match="Connection refused"):
        send_mail(message, MailServer("127.0.0.1", 1, plain=True))
