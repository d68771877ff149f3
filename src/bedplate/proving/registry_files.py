"""Which file a package is installed from, and whether its bytes are the right ones."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from bedplate.errors import InvalidDocument
from bedplate.inventory.json_document import json_document
from bedplate.inventory.python_packages import normalized_name
from bedplate.model.locked_package import LockedFile
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from bedplate.model.locked_package import LockedPackage

# What a simple index is asked for: PEP 691.
JSON_INDEX = "application/vnd.pypi.simple.v1+json"
_ALGORITHMS = ("sha512", "sha384", "sha256", "sha1")
_SUFFIXES = (".tar.gz", ".zip", ".tar.bz2", ".tar.xz")


def npm_file(package: LockedPackage, registry: str) -> LockedFile | None:
    """Give the archive of an npm package.

    Args:
        package: of a lock file.
        registry: address of the registry, for lock files without addresses; may be empty.

    Returns:
        None when neither the lock file nor a registry says where it is.
    """
    known = next(iter(package.files), LockedFile(""))
    if known.url:
        return known
    if not registry or not package.version:
        return None
    bare = package.name.rpartition("/")[2]
    name = f"{bare}-{package.version}.tgz"
    url = f"{registry.rstrip('/')}/{quote(package.name, safe='@/')}/-/{quote(name)}"
    return LockedFile(name, url, known.integrity)


def index_page(index: str, name: str) -> str:
    """Give the address of the page of a project in a simple index. Source: PEP 503."""
    return f"{index.rstrip('/')}/{normalized_name(name)}/"


def read_index(url: str, content: bytes, package: LockedPackage) -> tuple[LockedFile, ...]:
    """Read the files of one version of a package.

    Args:
        url: of the page, which relative addresses start from.
        content: the page, in JSON.
        package: name and version; hashes in its files leave the others out.

    Raises:
        InvalidDocument: not such a page.

    Source: PEP 691 and PEP 700.
    """
    document = json_document(url, content)
    if not isinstance(document.get("files"), list):
        raise InvalidDocument(f"{url}: not a page of a simple index in JSON")
    wanted = {file.integrity for file in package.files if file.integrity}
    found = (_indexed(url, mapping(entry)) for entry in items(document["files"]))
    return tuple(
        file
        for file in found
        if file and is_of_version(file.name, package) and (not wanted or file.integrity in wanted)
    )


def _indexed(page: str, entry: dict[str, object]) -> LockedFile | None:
    name, url = text(entry.get("filename")), text(entry.get("url"))
    if not name or not url:
        return None
    digest = text(mapping(entry.get("hashes")).get("sha256"))
    size = entry.get("size")
    return LockedFile(
        name,
        urljoin(page, url),
        f"sha256:{digest}" if digest else "",
        size if isinstance(size, int) else None,
    )


def is_of_version(file: str, package: LockedPackage) -> bool:
    """Tell by the name of a wheel or source archive whether it is of a package's version."""
    for suffix in _SUFFIXES:
        if file.endswith(suffix):
            name, _, version = file.removesuffix(suffix).rpartition("-")
            return _same(name, version, package)
    name, _, rest = file.partition("-")
    return file.endswith(".whl") and _same(name, rest.partition("-")[0], package)


def _same(name: str, version: str, package: LockedPackage) -> bool:
    return normalized_name(name) == normalized_name(package.name) and version == package.version


def is_genuine(content: bytes, integrity: str) -> bool | None:
    """Tell whether bytes are those that a lock file means.

    Args:
        content: the whole file.
        integrity: `sha256:HEX`, or `sha512-BASE64` (several, separated by blanks: any).

    Returns:
        None when there is no digest that can be checked.
    """
    answers = [
        one for one in (_matches(content, word) for word in integrity.split()) if one is not None
    ]
    return any(answers) if answers else None


def _matches(content: bytes, word: str) -> bool | None:
    algorithm = next((one for one in _ALGORITHMS if word.startswith((f"{one}:", f"{one}-"))), "")
    if not algorithm:
        return None
    value = word[len(algorithm) + 1 :]
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    try:
        expected = (
            bytes.fromhex(value)
            if word[len(algorithm)] == ":"
            else base64.b64decode(value.partition("?")[0], validate=True)
        )
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(digest, expected)
