"""Lists that come in pages, linked from one to the next: tags and referrers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from bedplate.errors import InvalidDocument, LimitExceeded, RegistryError
from bedplate.model.reference_grammar import is_tag
from bedplate.registry.answers import is_web_page, web_page
from bedplate.support.http_request import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.support.http_response import Response

MAX_PAGES = 1_000
MAX_TAGS = 500_000
MAX_PAGE_BYTES = 16 * 1024 * 1024  # some registries give every tag at once


def walk_pages(
    ask: Callable[[str], Response], path: str, name: str
) -> Iterator[tuple[bytes, Response]]:
    """Fetch a page, and those that it links to.

    Args:
        ask: sends a request for a path below `/v2/`.
        path: of the first page.
        name: what is listed, for messages.

    Raises:
        LimitExceeded: more pages, or larger ones, than bedplate will read.
        RegistryError: pages that link in a circle, or to another host.

    Source: distribution-spec, "Listing Tags"; RFC 8288.
    """
    seen = {path}
    for _ in range(MAX_PAGES):
        response = ask(path)
        content = response.document(MAX_PAGE_BYTES)
        if is_web_page(response, content):
            raise web_page(response)
        yield content, response
        target = next_link(response.headers.get("Link", ""))
        if not target:
            return
        path = _path_of(target, response, name)
        if path in seen:
            raise RegistryError(f"{name}: the pages of the list link in a circle")
        seen.add(path)
    raise LimitExceeded(f"{name}: the list has more than {MAX_PAGES} pages")


def read_tags(pages: Iterator[tuple[bytes, Response]], name: str) -> Iterator[str]:
    """Give the tags of every page, each once; what is no tag by its grammar is passed over.

    Raises:
        InvalidDocument: a page that is not a tag list.
        LimitExceeded: more tags than bedplate will read.
    """
    seen: set[str] = set()
    for content, _ in pages:
        before = len(seen)
        tags = _tags(content, name)
        for tag in tags:
            if tag not in seen and is_tag(tag):
                seen.add(tag)
                yield tag
            if len(seen) > MAX_TAGS:
                raise LimitExceeded(f"{name}: more than {MAX_TAGS} tags")
        if tags and len(seen) == before:
            raise RegistryError(f"{name}: a page of the tag list repeats earlier ones")


def _tags(content: bytes, name: str) -> list[str]:
    try:
        document: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{name}: the tag list is not JSON") from error
    tags = document.get("tags") if isinstance(document, dict) else document
    if tags is None:
        return []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise InvalidDocument(f"{name}: the tag list is not a list of texts in the field tags")
    return tags


def next_link(header: str) -> str:
    """Give the target of the link with `rel="next"`, empty when there is none.

    Source: RFC 8288, section 3.
    """
    rest = header[: 16 * 1024]
    while True:
        _, opening, rest = rest.partition("<")
        target, closing, rest = rest.partition(">")
        if not opening or not closing:
            return ""
        parameters = rest.partition("<")[0].lower().replace(" ", "").replace('"', "")
        if "rel=next" in parameters.replace(",", ";").split(";"):
            return target


def _path_of(target: str, response: Response, name: str) -> str:
    """Check that a link stays on the host, and give its path below `/v2/`."""
    try:
        url = urljoin(response.url, target)
        parts = urlsplit(url)
    except ValueError as error:
        raise RegistryError(f"{name}: the list links to a malformed address") from error
    if Origin.of(url) != response.origin or not parts.path.startswith("/v2/"):
        raise RegistryError(f"{name}: the list goes on at another host, which is not followed")
    path = parts.path.removeprefix("/v2/")
    return f"{path}?{parts.query}" if parts.query else path
