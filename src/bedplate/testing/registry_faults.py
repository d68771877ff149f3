"""What a registry may do to its clients, for tests of how they bear it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event


@dataclass(slots=True)
class Faults:
    """Misbehaviour to switch on and off while a `MemoryRegistry` runs.

    Args:
        cut_blobs: bytes of a blob answer after which the connection breaks.
        cuts: how many blob answers are cut; the rest are whole.
        corrupt_blobs: change a byte of every blob.
        corrupt_manifests: add a byte to every manifest.
        longer_blobs: send this many more bytes than there are, without a length.
        latency: seconds to wait before each answer.
        silent: take requests and never answer, until the registry closes.
        trickle: send headers a byte at a time.
        web_pages: answer everything with HTML.
        redirect_blobs: send blob requests to this URL, with the digest put after it.
        redirect_in_circle: send every request to another address of this registry, and back.
        endless_redirects: send every request to ever new addresses.
        endless_tags: link the tag list to ever new pages of new tags.
        circular_tags: link every page of tags to itself.
        tags_elsewhere: link the tag list to this URL.
        refuse_with: statuses to answer the next requests with, first first (429, 500, ...).
        refuse_headers: headers of these answers.
        refuse_body: body of these answers.
        drop: break off the next so many connections before any answer.
        no_ranges: ignore `Range`.
        wrong_range: answer another range than was asked for.
        no_digest_header: leave `Docker-Content-Digest` out.
        digest_header: say this instead.
        no_head: answer HEAD with 405.
        no_referrers: answer 404 as registries without that API do.
        ignore_filters: give referrers of every type.
        content_type: serve manifests as this.
        realm: name this as the token server.
        token_answer: body of every answer of the token server.
        no_oauth: answer POST to the token server with 404.
        no_mounts: begin an upload where a mount was asked for.
        over: set when the registry closes, which ends what still waits.
    """

    cut_blobs: int | None = None
    cuts: int = 1_000_000
    corrupt_blobs: bool = False
    corrupt_manifests: bool = False
    longer_blobs: int = 0
    latency: float = 0.0
    silent: bool = False
    trickle: bool = False
    web_pages: bool = False
    redirect_blobs: str = ""
    redirect_in_circle: bool = False
    endless_redirects: bool = False
    endless_tags: bool = False
    circular_tags: bool = False
    tags_elsewhere: str = ""
    refuse_with: list[int] = field(default_factory=list)
    refuse_headers: dict[str, str] = field(default_factory=dict)
    refuse_body: bytes = b""
    drop: int = 0
    no_ranges: bool = False
    wrong_range: bool = False
    no_digest_header: bool = False
    digest_header: str = ""
    no_head: bool = False
    no_referrers: bool = False
    ignore_filters: bool = False
    content_type: str = ""
    realm: str = ""
    token_answer: bytes = b""
    no_oauth: bool = False
    no_mounts: bool = False
    over: Event = field(default_factory=Event, repr=False)
