"""One authorised request to an endpoint, and its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.registry.answers import refusal
from bedplate.registry.authorizer import Authorizer
from bedplate.support.http_request import Origin, Request, Stream

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
        request = Request(url, method, headers or {}, kind=kind, schemes=endpoint.schemes)
        return self._answered(endpoint, request, what, accepted)

    def tell(
        self,
        endpoint: Endpoint,
        path: str,
        *,
        what: str,
        method: str,
        body: bytes | Stream,
        media_type: str,
        accepted: tuple[int, ...] = (201,),
    ) -> Response:
        """Send content: as `ask`.

        Args:
            endpoint: where to.
            path: below `/v2/`, with its query.
            what: what is sent, in messages.
            method: `POST` or `PUT`.
            body: the content.
            media_type: of the content.
            accepted: statuses of success; the caller closes the response.
        """
        url = f"https://{endpoint.host}/v2/{path}"
        headers = {"Content-Type": media_type}
        if isinstance(body, Stream):
            headers["Content-Length"] = str(body.size)
        request = Request(url, method, headers, body, "upload", endpoint.schemes)
        return self._answered(endpoint, request, what, accepted)

    def _answered(
        self, endpoint: Endpoint, request: Request, what: str, accepted: tuple[int, ...]
    ) -> Response:
        origin = self._http.located(request)
        known = login = self._authorizer.known(origin, endpoint)
        response = self._send(request, known)
        if response.status == 401 and self._is_at(response, endpoint):
            try:
                login = self._authorizer.meet(response, endpoint, known)
            except BaseException:
                response.close()
                raise
            if login:
                response.discard()
                label = f"HEAD {request.kind}" if request.method == "HEAD" else request.kind
                self._http.budget.recount(response.origin.name, label, "challenge")
                response = self._send(request, login)
        if response.status in accepted:
            return response
        secrets = self._authorizer.secrets(endpoint, (known, login))
        raise refusal(response, what, secrets=secrets, problem=self._authorizer.problem(endpoint))

    def _send(self, request: Request, login: str) -> Response:
        if login:
            request = replace(request, headers={**request.headers, "Authorization": login})
        return self._http.send(request)

    @staticmethod
    def _is_at(response: Response, endpoint: Endpoint) -> bool:
        """Tell whether the endpoint itself answered: no other host's challenge is met."""
        here = Origin.of(f"{response.origin.scheme}://{endpoint.host}/")
        return here == response.origin
