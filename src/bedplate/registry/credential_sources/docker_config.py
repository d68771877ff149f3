"""Docker's `config.json`: `credHelpers`, `credsStore` and `auths`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.registry.auth_document import read_auth_document
from bedplate.registry.credential_helper import ask_helper

if TYPE_CHECKING:
    from bedplate.registry.credential_source import Credential, CredentialPlaces

NAME = "docker config.json"
_HUB_ADDRESS = "https://index.docker.io/v1/"


def find(registry: str, repository: str, places: CredentialPlaces) -> Credential | None:  # noqa: ARG001 - Docker keeps logins per registry
    """Give the login as the docker command would: helper of the registry, store, file.

    Source: docs.docker.com, docker login, "Credential stores" and "Credential helpers".
    """
    if places.docker_config is None:
        return None
    document = read_auth_document(places.docker_config)
    if document is None:
        return None
    address = _HUB_ADDRESS if registry == "docker.io" else registry
    helper = document.helpers.get(registry) or document.helpers.get(address) or document.store
    written = document.login(registry)
    if not helper:
        return written
    return ask_helper(helper, address, places.helper_path) or written
