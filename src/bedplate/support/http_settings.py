"""How to reach hosts: time-outs, proxies, certificates. Values only; no I/O but for TLS files."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from pathlib import Path
    from ssl import SSLContext


@dataclass(frozen=True, slots=True)
class Tls:
    """What one host's certificate is checked against, and what we show in return.

    Args:
        ca_files: PEM files trusted besides the system's.
        client_certificate: PEM file shown to the host.
        client_key: its key; None when it is in the same file.
        insecure: take any certificate.
    """

    ca_files: tuple[Path, ...] = ()
    client_certificate: Path | None = None
    client_key: Path | None = None
    insecure: bool = False

    def context(self) -> SSLContext:
        """Make the TLS context.

        Raises:
            InvalidConfiguration: a file that is missing or not PEM.
        """
        import ssl  # noqa: PLC0415 - lazy: reading settings must not load OpenSSL

        context = ssl.create_default_context()
        if self.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        path: Path | None = None
        try:
            for path in self.ca_files:
                context.load_verify_locations(path)
            path = self.client_certificate
            if path is not None:
                context.load_cert_chain(path, self.client_key, password=_no_password)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
            raise InvalidConfiguration(
                f"{path}: not usable as a certificate: {reason}", "give a PEM file"
            ) from error
        return context


def _no_password() -> str:
    """Stand in for OpenSSL's question on the terminal."""
    raise ValueError("the key is encrypted")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Proxies by scheme of the target, and who is reached without.

    Args:
        http: URL of the proxy for `http://` targets; empty for none.
        https: URL of the proxy for `https://` targets; empty for none.
        exempt: entries of NO_PROXY: `*`, `host`, `.suffix`, `host:port`, addresses, CIDR.
    """

    http: str = ""
    https: str = ""
    exempt: tuple[str, ...] = ()

    def url_for(self, scheme: str, host: str, port: int) -> str:
        """Give the proxy for a target, empty for a direct connection.

        A host name in `exempt` stands for its subdomains too; loopback is always direct
        (the rules of Go's net/http, which the container tools share).
        """
        url = self.https if scheme == "https" else self.http
        if not url or is_loopback(host):
            return ""
        return "" if any(_exempts(rule, host, port) for rule in self.exempt) else url


def _exempts(rule: str, host: str, port: int) -> bool:
    rule, host = rule.strip().lower(), host.lower().strip("[]")
    if rule == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(rule.strip("[]"), strict=False)
    except ValueError:
        pass  # one of them is a name
    name, separator, rule_port = rule.rpartition(":")
    if separator and rule_port.isdigit():
        if int(rule_port[:6]) != port:
            return False
        rule = name.strip("[]")
    if rule.startswith(("*.", ".")):
        return host.endswith(rule.lstrip("*"))
    return bool(rule) and (host == rule or host.endswith(f".{rule}"))


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine, without asking a name server."""
    host = host.strip("[]").lower()
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Patience and routes of an `HttpClient`.

    Args:
        connect_timeout: seconds until the first answer of a host that has not yet answered.
        read_timeout: seconds that a host known to answer may stay silent.
        longest_wait: seconds that a request may wait in all because a host asked for it.
        retries: times that a request is tried again after a reset, a 5xx or a 429.
        redirects: redirects followed per request.
        proxies: routes.
        unix_socket: path of a socket that takes every connection (engine API).
    """

    connect_timeout: float = 3.0
    read_timeout: float = 30.0
    longest_wait: float = 60.0
    retries: int = 3
    redirects: int = 5
    proxies: Proxies = field(default_factory=Proxies)
    unix_socket: str = ""
