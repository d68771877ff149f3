"""Ask each question once, whoever asks it, from many threads."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class AskOnce(Generic[Question, Answer]):
    """Keeps answers; a thread that asks what another is asking waits for that answer.

    Args:
        ask: gives the answer; an exception is kept and raised again like one.
    """

    def __init__(self, ask: Callable[[Question], Answer]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known: dict[Question, Future[Answer]] = {}

    def __call__(self, question: Question) -> Answer:
        """Give the answer."""
        with self._lock:
            future = self._known.get(question)
            mine = future is None
            if future is None:
                future = self._known[question] = Future()
        if mine:
            try:
                future.set_result(self._ask(question))
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                future.set_exception(error)
        return future.result()
