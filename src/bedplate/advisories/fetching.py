"""Fetches the documents of feeds, only those that have changed, into files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bedplate.errors import (
    LimitExceeded,
    RegistryError,
    RegistryUnreachable,
    StorageError,
)
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bedplate.advisories.feed_document import FeedDocument
    from bedplate.model.store_manifest import StoreSource
    from bedplate.support.http import HttpClient
    from bedplate.support.http_response import Response

MAX_DOWNLOAD = 8 * 1024**3
"""Bytes; the largest archives have some hundred megabytes."""
_MAX_POINTER = 4096
_CHUNK = 256 * 1024
_POINTER = re.compile(r"[\w.+-]{1,200}")
_KIND = "feed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was served.

    Args:
        url: its own address, whatever mirror answered.
        path: where it lies; None when it has not changed.
        etag, last_modified: for the next conditional request.
    """

    url: str
    path: Path | None
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Fetcher:
    """Fetches each document once in a run.

    Args:
        http: the transport.
        folder: where documents go.
        mirrors: beginnings of addresses -> what to put there, `https://...` or a path.
    """

    http: HttpClient
    folder: Path
    mirrors: Mapping[str, str] = field(default_factory=dict)
    _done: dict[str, Fetched] = field(default_factory=dict)

    def fetch(self, document: FeedDocument, known: StoreSource | None) -> Fetched | None:
        """Fetch a document, unless it is what is known already.

        Args:
            document: what to fetch.
            known: the source of the same address that the old store was made of.

        Returns:
            None when it is optional and not there.

        Raises:
            RegistryUnreachable, RateLimited, RegistryError: as the host answers.
            LimitExceeded: larger than bedplate will read.
            StorageError: no room for it.
        """
        if document.url in self._done:
            return self._done[document.url]
        url = self._target(document) if document.pointer else document.url
        headers: dict[str, str] = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        with self._ask(url, headers) as response:
            if response.status == 304 and known is not None:
                return Fetched(document.url, None, known.etag, known.last_modified)
            if response.status == 404 and document.optional:
                return None
            self._check(response, url)
            fetched = Fetched(
                document.url,
                self._save(response, url),
                _header(response, "ETag"),
                _header(response, "Last-Modified"),
            )
        self._done[document.url] = fetched
        return fetched

    def _target(self, document: FeedDocument) -> str:
        """Read a document that names another one beside it."""
        with self._ask(document.url, {}) as response:
            self._check(response, document.url)
            name = response.document(_MAX_POINTER).decode("ascii", "replace").strip()
        if not _POINTER.fullmatch(name):
            raise RegistryError(f"{document.url} names no archive")
        return urljoin(document.url, name)

    def _ask(self, url: str, headers: Mapping[str, str]) -> Response:
        return self.http.send(Request(self._mirrored(url), headers=headers, kind=_KIND))

    def _mirrored(self, url: str) -> str:
        """Give the address to ask: the longest mirrored beginning counts."""
        for start in sorted(self.mirrors, key=len, reverse=True):
            if url.startswith(start):
                return self.mirrors[start] + url.removeprefix(start)
        return url

    @staticmethod
    def _check(response: Response, url: str) -> None:
        if response.status != 200:
            raise RegistryError(f"{url} answers status {response.status}", "try again later")

    def _save(self, response: Response, url: str) -> Path:
        """Write the body to a file; one that ends early is refused."""
        name = urlsplit(url).path.strip("/").replace("/", "-")[-150:] or "document"
        path = self.folder / name
        size = 0
        try:
            with path.open("wb") as file:
                while chunk := response.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_DOWNLOAD:
                        raise LimitExceeded(f"{url} is larger than {MAX_DOWNLOAD} bytes")
                    file.write(chunk)
        except OSError as error:
            raise StorageError(
                f"cannot write {path}: {error.strerror or error}", "free some space"
            ) from error
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) != size:
            raise RegistryUnreachable(f"{url} ended after {size} of {announced} bytes")
        return path


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= 500 and value.isprintable() else ""
