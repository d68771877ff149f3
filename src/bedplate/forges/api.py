"""Requests to a forge's API: JSON in and out, pages, refusals as errors, the token kept secret."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from bedplate.errors import BedplateError, ForgeError, LimitExceeded, RateLimited
from bedplate.forges.refusals import Refusal, words_of
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.forges.token import Token
    from bedplate.support.http import HttpClient
    from bedplate.support.http_response import Response

MAX_PAGES = 500
_MAX_ANSWER = 32 * 1024 * 1024  # bytes; 100 change requests with long bodies take 10 MiB
_MAX_REFUSAL = 64 * 1024

_LINK = re.compile(r"<([^>]*)>([^<]*)")
_NEXT = re.compile(r'\brel="?next\b')

T = TypeVar("T")
Query: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Access:
    """How one forge's API is spoken to.

    Args:
        url: address of the API, without a final `/`.
        headers: sent along with each request; they hold the login.
        token: scrubbed from whatever the forge says; None when there is none.
        rights: what a token needs, in the words of the forge.
        page: asks for pages of the largest size that the forge gives.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    token: Token | None
    rights: str
    page: Query


@dataclass(frozen=True, slots=True)
class Change:
    """A request that changes something.

    Args:
        doing: what for, as errors say it: `open a change request`.
        path: below the API's address.
        body: sent as JSON.
        method: HTTP method.
        once: must not be sent twice, as two would make two.
    """

    doing: str
    path: str
    body: Mapping[str, object] = field(default_factory=dict)
    method: str = "POST"
    once: bool = False


class Api:
    """The API of one forge, with one token; safe for many threads.

    Args:
        http: sends the requests.
        access: where to and how.
    """

    def __init__(self, http: HttpClient, access: Access) -> None:
        self.host = urlsplit(access.url).netloc
        self._http = http
        self._access = access

    def at(self, url: str) -> Api:
        """Give another address of the same forge, spoken to in the same way."""
        return Api(self._http, replace(self._access, url=url))

    def read(self, kind: type[T], path: str, query: Query | None = None) -> T:
        """Read one document.

        Raises:
            Missing: no such thing, or not for this token.
            Unauthorized: a bad token, or one without the right.
            ForgeError: any other refusal, or an answer that is not what the API promises.
        """
        with self._send("GET", _with_query(path, query or {}), f"read {path}") as response:
            return self._decode(kind, response)

    def pages(self, kind: type[T], path: str, query: Query | None = None) -> Iterator[T]:
        """Read a list, page after page, as long as more is wanted.

        Raises:
            LimitExceeded: more than `MAX_PAGES` pages.
            ForgeError: as `read`.

        Source: RFC 8288; GitLab, "REST API", "Pagination".
        """
        asked: dict[str, str | int] = {**self._access.page, **(query or {})}
        for _ in range(MAX_PAGES):
            with self._send("GET", _with_query(path, asked), f"list {path}") as response:
                items: list[T] = self._decode(list[kind], response)  # type: ignore[valid-type]
                onward = _next_query(response.headers)
            yield from items
            if not onward or onward.items() <= asked.items():
                return
            asked.update(onward)
        raise LimitExceeded(f"{self.host} lists more than {MAX_PAGES} pages of {path}")

    def change(self, kind: type[T], change: Change) -> T:
        """Change something; give what the forge answers.

        Raises:
            Conflict: it is there already, or does not fit what is there.
            RateLimited: too many changes for the forge.
            ForgeError: as `read`.
        """
        with self._send(change.method, change.path, change.doing, change) as response:
            return self._decode(kind, response)

    def apply(self, change: Change) -> None:
        """Change something whose answer does not matter; raises as `change` does."""
        with self._send(change.method, change.path, change.doing, change) as response:
            response.discard()

    def _send(self, method: str, path: str, doing: str, change: Change | None = None) -> Response:
        headers = {"Accept": "application/json", **self._access.headers}
        body = None
        if change is not None and method != "DELETE":
            headers["Content-Type"] = "application/json"
            body = msgspec.json.encode(change.body)
        once = change is not None and change.once
        request = Request(
            f"{self._access.url}{path}", method, headers, body, kind=f"forge {method}", once=once
        )
        try:
            response = self._http.send(request)
        except RateLimited as error:
            when = "later" if error.retry_after is None else f"in {error.retry_after:.0f} s"
            raise RateLimited(
                f"{self.host} limits the rate of requests", f"try again {when}", error.retry_after
            ) from error
        if response.status >= 400:
            raise self._refusal(response, doing).error()
        return response

    def _refusal(self, response: Response, doing: str) -> Refusal:
        words = ""
        with response, contextlib.suppress(BedplateError):
            words = words_of(response.document(_MAX_REFUSAL))
        access = self._access
        if access.token is not None:
            words = access.token.scrub(words)
        return Refusal(self.host, response.status, response.headers, words, doing, access.rights)

    def _decode(self, kind: type[T], response: Response) -> T:
        content = response.document(_MAX_ANSWER)
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ForgeError(
                f"{self.host} answers with something else than its API promises",
                "check the address of the API",
            ) from error


def _with_query(path: str, query: Query) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _next_query(headers: Mapping[str, str]) -> dict[str, str]:
    """Read what the next page is asked for with, empty on the last one.

    Only the query of a link is taken, put to the path that we asked: so no link leads elsewhere,
    and one behind a proxy that does not know its own address still works.
    """
    for address, parameters in _LINK.findall(headers.get("Link", "")[:16_384]):
        if _NEXT.search(parameters):
            with contextlib.suppress(ValueError):
                return dict(parse_qsl(urlsplit(address).query, max_num_fields=50))
    page = headers.get("X-Next-Page", "").strip()
    return {"page": page} if page.isdigit() else {}
