"""What went wrong on the way to a host, in our words."""

from __future__ import annotations

import urllib3.exceptions as failures

from bedplate.errors import RegistryError, RegistryUnreachable


class Refused(RegistryUnreachable):
    """Nothing speaks this scheme there: another may be tried."""


class Broken(Refused):
    """The connection was lost before an answer: the request may be tried again."""


def explain(error: Exception, host: str, patience: float) -> RegistryUnreachable | RegistryError:
    """Say in our words why there is no answer, or no more of it."""
    match error:
        case failures.ProxyError():
            return RegistryUnreachable(
                f"the proxy on the way to {host} can't be reached", "check HTTPS_PROXY and NO_PROXY"
            )
        case failures.NameResolutionError():
            return RegistryUnreachable(
                f"the name {host} does not resolve", "check the name and the network"
            )
        case failures.NewConnectionError():
            return Refused(f"{host} can't be reached: {_innermost(error)}")
        case failures.TimeoutError():
            return RegistryUnreachable(f"{host} does not answer within {patience:g} s")
        case failures.SSLError():
            return Refused(
                f"no trusted TLS connection to {host}: {_innermost(error)}",
                "name its CA file in bedplate.toml or certs.d, or mark the registry insecure",
            )
        case failures.ProtocolError() | OSError():
            return Broken(f"{host} broke the connection off")
        case _:
            return RegistryError(
                f"{host}: the request can't be sent or its answer read: {_innermost(error)}"
            )


def _innermost(error: BaseException) -> str:
    """Give the reason at the bottom of a chain of errors, in one line."""
    for inner in (*error.args, error.__cause__):
        if isinstance(inner, BaseException) and inner is not error:
            return _innermost(inner)
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return " ".join(reason.split())[:200]
