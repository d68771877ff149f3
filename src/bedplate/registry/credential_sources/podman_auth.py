"""The `auth.json` of podman, skopeo and buildah: logins per registry or repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.registry.auth_document import read_auth_document
from bedplate.registry.credential_helper import ask_helper

if TYPE_CHECKING:
    from bedplate.registry.credential_source import Credential, CredentialPlaces

NAME = "podman auth.json"


def find(registry: str, repository: str, places: CredentialPlaces) -> Credential | None:
    """Give the most specific login of the first file that has one.

    `quay.io/team/app` counts for more than `quay.io/team`, and that more than `quay.io`.

    Source: containers-auth.json(5).
    """
    for path in places.podman_auth_files:
        document = read_auth_document(path)
        if document is None:
            continue
        credential = document.login(registry, repository)
        if credential is not None:
            return credential
        helper = document.helpers.get(registry)
        found = ask_helper(helper, registry, places.helper_path) if helper else None
        if found is not None:
            return found
    return None
