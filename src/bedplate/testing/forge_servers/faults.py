"""What a forge may do to its clients, for tests of how they bear it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event


@dataclass(slots=True)
class ForgeFaults:
    """Misbehaviour to switch on and off while a forge runs.

    Args:
        refuse_with: statuses to answer the next requests with, first first.
        refuse_headers: headers of these answers.
        refuse_body: JSON of these answers.
        methods: only requests with these methods are refused, dropped or lost.
        drop: break off the next so many connections without doing what was asked.
        lose: do what the next so many requests ask for, and break off without an answer.
        silent: take requests and never answer, until the forge closes.
        web_pages: answer everything with HTML.
        over: set when the forge closes, which ends what still waits.
    """

    refuse_with: list[int] = field(default_factory=list)
    refuse_headers: dict[str, str] = field(default_factory=dict)
    refuse_body: bytes = b""
    methods: frozenset[str] = frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"})
    drop: int = 0
    lose: int = 0
    silent: bool = False
    web_pages: bool = False
    over: Event = field(default_factory=Event, repr=False)
