"""The ways to tell somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.notifying.notifiers import mail, slack, webhook

if TYPE_CHECKING:
    from bedplate.notifying.notifier import Notifier

NOTIFIERS: tuple[Notifier, ...] = (webhook, slack, mail)
