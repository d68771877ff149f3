"""The JSON file of logins that Docker and podman share: `auths`, `credHelpers`, `credsStore`."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.registry.credential_source import Credential

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAX_BYTES = 1024 * 1024
_HUB = "docker.io"
_HUB_NAMES = frozenset({"index.docker.io", "registry-1.docker.io", _HUB})


@dataclass(frozen=True, slots=True)
class AuthDocument:
    """A file of logins.

    Args:
        logins: by normal key: `host[:port][/path]`, `docker.io` for Docker Hub.
        helpers: name of the credential helper by registry.
        store: name of the helper for every other registry, or empty.
    """

    logins: Mapping[str, Credential] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    store: str = ""

    def login(self, registry: str, repository: str = "") -> Credential | None:
        """Give the login for a repository, else of its parents, else of the registry."""
        name = f"{registry}/{repository}" if repository else registry
        while name:
            if name in self.logins:
                return self.logins[name]
            name = name.rpartition("/")[0]
        return None


def read_auth_document(path: Path) -> AuthDocument | None:
    """Read a file of logins; None when there is none.

    Raises:
        InvalidConfiguration: not readable, too large or not of this shape.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InvalidConfiguration(f"{path}: {error.strerror}") from error
    return parse_auth_document(content, str(path))


def parse_auth_document(content: bytes, name: str) -> AuthDocument:
    """Read the bytes of a file of logins.

    Args:
        content: JSON, at most 1 MiB; nothing at all counts as no logins.
        name: of the file, for messages.

    Raises:
        InvalidConfiguration: names the file and the field.
    """
    if len(content) > _MAX_BYTES:
        raise InvalidConfiguration(f"{name}: larger than {_MAX_BYTES} bytes")
    if not content.strip():
        return AuthDocument()
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidConfiguration(f"{name}: not JSON", "log in again, or mend it") from error
    entries = _object(document, "auths", name)
    logins: dict[str, Credential] = {}
    # exact keys last, so that they win over old spellings such as https://host/v1/
    for key in sorted(entries, key=lambda key: "://" not in key):
        credential = _credential(_object(entries, key, name), key, name)
        if credential is not None:
            logins[_normal_key(key)] = credential
    helpers = _object(document, "credHelpers", name)
    return AuthDocument(
        logins,
        {key: value for key, value in helpers.items() if isinstance(value, str)},
        _text(document, "credsStore", name),
    )


def _normal_key(key: str) -> str:
    """Take scheme and API version off a key, and give Docker Hub its one name."""
    bare = key.partition("://")[2] or key
    host, _, path = bare.rstrip("/").partition("/")
    if path in ("v1", "v2") or "://" in key:
        path = ""
    host = _HUB if host in _HUB_NAMES else host
    return f"{host}/{path}" if path else host


def _credential(entry: Mapping[str, Any], key: str, name: str) -> Credential | None:
    """Read one entry of `auths`; an empty one means that a store holds the login."""
    username, password = _text(entry, "username", name), _text(entry, "password", name)
    encoded = _text(entry, "auth", name)
    if encoded:
        try:
            decoded = base64.b64decode(encoded, validate=False).decode("utf-8")
        except ValueError as error:
            raise InvalidConfiguration(f"{name}: auths.{key}.auth is not base64") from error
        username, separator, password = decoded.partition(":")
        if not separator:
            raise InvalidConfiguration(f"{name}: auths.{key}.auth is not user:password")
        password = password.rstrip("\0")
    token = _text(entry, "identitytoken", name)
    if not token and not (username and password):
        return None
    return Credential(username, password, token, source=name)


def _object(document: Any, field_name: str, name: str) -> Mapping[str, Any]:
    value = document.get(field_name) if isinstance(document, dict) else document
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidConfiguration(f"{name}: {field_name} must be an object")
    return value


def _text(document: Mapping[str, Any], field_name: str, name: str) -> str:
    value = document.get(field_name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidConfiguration(f"{name}: {field_name} must be text")
    return value
