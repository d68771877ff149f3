"""Puts a registry client together from settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.registry.client import RegistryClient
    from bedplate.registry.credential_source import CredentialPlaces
    from bedplate.registry.settings import RegistrySettings
    from bedplate.support.request_budget import RequestBudget


def open_client(
    settings: RegistrySettings, places: CredentialPlaces, budget: RequestBudget | None = None
) -> RegistryClient:
    """Make a client; nothing is sent until it is asked for something.

    Args:
        settings: from `settings_loader.load_settings`.
        places: where logins may be.
        budget: counts the requests; the client has one of its own otherwise.
    """
    # lazy: local images must not pay for loading the HTTP stack
    from bedplate.registry.client import RegistryClient  # noqa: PLC0415
    from bedplate.registry.credentials import Credentials  # noqa: PLC0415
    from bedplate.support.http import HttpClient  # noqa: PLC0415

    http = HttpClient(settings.http, tls=settings.tls, budget=budget)
    return RegistryClient(http, settings, Credentials(places))
