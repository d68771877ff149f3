"""Holds what was learnt about logging in at each registry, and does the dance over HTTP."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import RegistryError, Unauthorized
from bedplate.registry.challenge import parse_challenges
from bedplate.registry.token_cache import TokenCache
from bedplate.registry.token_flow import Answer, basic, fetch_token

if TYPE_CHECKING:
    from bedplate.registry.challenge import Challenge
    from bedplate.registry.credentials import Credentials
    from bedplate.registry.endpoint import Endpoint
    from bedplate.support.http import HttpClient
    from bedplate.support.http_request import Origin
    from bedplate.support.http_response import Response

_MAX_TOKEN_ANSWER = 256 * 1024  # bytes


class Authorizer:
    """Gives the `Authorization` header for a repository; safe for many threads.

    Every header is kept for the origin (scheme, host and port) that asked for it, and given
    out for no other.

    Args:
        http: asks the token servers.
        credentials: finds logins.
    """

    def __init__(self, http: HttpClient, credentials: Credentials) -> None:
        self._http = http
        self._credentials = credentials
        self._tokens = TokenCache()
        self._challenges: dict[Origin, Challenge] = {}
        self._lock = threading.Lock()
        self._fetching: dict[Origin, threading.Lock] = {}

    def known(self, origin: Origin, endpoint: Endpoint) -> str:
        """Give the header that is known to be wanted here, empty when none is."""
        challenge = self._challenges.get(origin)
        return "" if challenge is None else self._answer(challenge, origin, endpoint)

    def meet(self, response: Response, endpoint: Endpoint, refused: str) -> str:
        """Answer the challenge of a 401.

        Args:
            response: its headers are read.
            endpoint: what was asked for.
            refused: the header that was sent, empty if none; it is not given again.

        Returns:
            The header to try with, empty when there is no way to log in.

        Raises:
            Unauthorized: the token server refuses the login.
            RegistryError: a login scheme that is not known.
        """
        header = response.headers.get("WWW-Authenticate", "")
        challenges = {challenge.scheme: challenge for challenge in parse_challenges(header)}
        challenge = challenges.get("bearer") or challenges.get("basic")
        if challenge is None and challenges:
            names = ", ".join(sorted(challenges))[:100]
            raise RegistryError(
                f"{response.origin.name} asks for an unknown kind of login: {names}"
            )
        if challenge is None:
            return ""
        origin = response.origin
        self._tokens.drop_value(origin, endpoint.scope, refused.removeprefix("Bearer "))
        # without the scope, which is that of this repository
        general = {k: v for k, v in challenge.parameters.items() if k != "scope"}
        self._challenges[origin] = replace(challenge, parameters=general)
        answer = self._answer(challenge, origin, endpoint)
        return "" if answer == refused else answer

    def problem(self, endpoint: Endpoint) -> str:
        """Say why a login for this registry could not be read, if so."""
        return self._credentials.problem(endpoint.registry)

    def secrets(self, endpoint: Endpoint, sent: tuple[str, ...]) -> tuple[str, ...]:
        """List what a message about this endpoint may not show, given the headers sent to it."""
        if not any(sent):
            return ()
        credential = self._credentials.find(endpoint.registry, endpoint.repository)
        own = (credential.password, credential.identity_token) if credential else ()
        return (*sent, *(header.partition(" ")[2] for header in sent), *own)

    def _answer(self, challenge: Challenge, origin: Origin, endpoint: Endpoint) -> str:
        if challenge.scheme == "bearer":
            return self._token(challenge, origin, endpoint)
        credential = self._credentials.find(endpoint.registry, endpoint.repository)
        if credential is None or not credential.password:
            return ""
        return basic(credential.username, credential.password)

    def _token(self, challenge: Challenge, origin: Origin, endpoint: Endpoint) -> str:
        scope = endpoint.scope
        with self._lock:
            turn = self._fetching.setdefault(origin, threading.Lock())
        with turn:  # threads that need the same token wait for the one that fetches it
            value = self._tokens.get(origin, scope)
            if not value:
                value = self._fetch(challenge, origin, endpoint, scope)
        return f"Bearer {value}"

    def _fetch(self, challenge: Challenge, origin: Origin, endpoint: Endpoint, scope: str) -> str:
        credential = self._credentials.find(endpoint.registry, endpoint.repository)
        flow = fetch_token(challenge, origin, scope, credential)
        try:
            request = next(flow)
            while True:
                with self._http.send(request) as response:
                    content = response.document(_MAX_TOKEN_ANSWER)
                request = flow.send(Answer(response.status, content))
        except StopIteration as end:
            self._tokens.put(origin, scope, end.value)
            return str(end.value.value)
        except Unauthorized as error:
            name = f"{endpoint.registry}/{endpoint.repository}"
            hint = self.problem(endpoint) or error.hint
            raise Unauthorized(f"{name}: {error.message}", hint) from error
