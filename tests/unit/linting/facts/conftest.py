"""A registry in memory, a session that asks it, and a way to lint a text by facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.flows.lint_facts import facts_violations
from bedplate.flows.opening import open_session
from bedplate.linting.fact_settings import FactSettings
from bedplate.linting.settings import LintSettings
from bedplate.model.image_use import ImageUse
from bedplate.model.platform import Platform
from bedplate.model.violation import Violation
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.registry.opening import open_client
from bedplate.registry.settings import RegistrySettings
from bedplate.repofiles import images
from bedplate.support.http_settings import HttpSettings
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.registry.client import RegistryClient

TODAY = dt.date(2026, 11, 23)


class Linter:
    """Lints texts by facts, against one session."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.clients: list[RegistryClient] = []
        self.session = replace(
            open_session(registry=self._client, today=TODAY),
            platform=Platform("linux", "amd64"),
            notify=self.notices.append,
        )

    def _client(self) -> RegistryClient:
        settings = RegistrySettings(http=HttpSettings(connect_timeout=1.0, retries=0))
        self.clients.append(open_client(settings, CredentialPlaces()))
        return self.clients[-1]

    def run(self, text: str, path: str = "Dockerfile", **options: Any) -> list[Violation | Skipped]:
        uses = [(path, use) for use in images(path, text) if isinstance(use, ImageUse)]
        session = replace(self.session, offline=options.pop("offline", False))
        config = LintSettings(**{k: options.pop(k) for k in ("select", "ignore") if k in options})
        return facts_violations(uses, session, config, FactSettings(**options))

    def violations(self, text: str, rule: str = "", **options: Any) -> list[Violation]:
        found = [one for one in self.run(text, **options) if isinstance(one, Violation)]
        return [one for one in found if not rule or one.rule == rule]


@pytest.fixture
def linter() -> Iterator[Linter]:
    linter = Linter()
    yield linter
    for client in linter.clients:
        client.close()


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running
