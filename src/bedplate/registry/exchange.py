"""One authorised request to an endpoint, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.registry.answers import refusal
from bedplate.registry.authorizer import Authorizer
from bedplate.support.http_request import Origin, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.registry.credentials import Credentials
    from bedplate.registry.endpoint import Endpoint
    from bedplate.support.http import HttpClient
    from bedplate.support.http_response import Response


class Exchange:
    """Sends requests of the distribution API; safe for many threads.

    Args:
        http: the transport.
        credentials: finds logins when a registry asks for one.
    """

    def __init__(self, http: HttpClient, credentials: Credentials) -> None:
        self._http = http
        self._authorizer = Authorizer(http, credentials)

    def ask(
        self,
        endpoint: Endpoint,
        path: str,
        *,
        kind: str,
        what: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        accepted: tuple[int, ...] = (200,),
    ) -> Response:
        """Send a request, with the login that the registry asks for, and take only success.

        Args:
            endpoint: where to.
            path: below `/v2/`, with its query.
            kind: for the request budget.
            what: what is asked for, in messages.
            method: `GET` or `HEAD`.
            headers: besides the login.
            accepted: statuses that are handed back; the caller closes the response.

        Raises:
            Unauthorized, ImageNotFound, RateLimited, RegistryError, RegistryUnreachable: as
                the registry answers, see `answers.refusal`.
        """
        url = f"https://{endpoint.host}/v2/{path}"
        origin = self._http.located(Request(url, schemes=endpoint.schemes))
        known = login = self._authorizer.known(origin, endpoint)
        response = self._send(url, method, headers, known, kind, endpoint)
        if response.status == 401 and self._is_at(response, endpoint):
            try:
                login = self._authorizer.meet(response, endpoint, known)
            except BaseException:
                response.close()
                raise
            if login:
                response.discard()
                label = f"HEAD {kind}" if method == "HEAD" else kind
                self._http.budget.recount(response.origin.name, label, "challenge")
                response = self._send(url, method, headers, login, kind, endpoint)
        if response.status in accepted:
            return response
        secrets = self._authorizer.secrets(endpoint, (known, login))
        raise refusal(response, what, secrets=secrets, problem=self._authorizer.problem(endpoint))

    def _send(
        self,
        url: str,
        method: str,
        headers: Mapping[str, str] | None,
        login: str,
        kind: str,
        endpoint: Endpoint,
    ) -> Response:
        sent = dict(headers or {})
        if login:
            sent["Authorization"] = login
        return self._http.send(Request(url, method, sent, kind=kind, schemes=endpoint.schemes))

    @staticmethod
    def _is_at(response: Response, endpoint: Endpoint) -> bool:
        """Tell whether the endpoint itself answered: no other host's challenge is met."""
        here = Origin.of(f"{response.origin.scheme}://{endpoint.host}/")
        return here == response.origin
