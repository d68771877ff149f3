"""`environment.yml` of conda, where it pins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "environment.yml"
WANTS: tuple[Want, ...] = tuple(
    Want(f"**/environment.{ending}", MAX_BYTES) for ending in ("yml", "yaml")
)

_PIN = re.compile(r"(?:[\w./-]+::)?([\w.-]+)\s*={1,2}\s*([0-9A-Za-z][\w.!+]*)(?:\s*=\s*([\w.]+))?")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages with one version; ranges and bare names tell none.

    Args:
        path: of the file.
        content: of the file.

    Source: conda documentation, "Creating an environment file manually".
    """
    documents = yaml_documents(path, content)
    listed = mapping(documents[0] if documents else None).get("dependencies")
    if not isinstance(listed, list):
        raise InvalidDocument(f"{path}: no list of dependencies")
    found = []
    for one in listed:
        match = _PIN.fullmatch(one.strip()) if isinstance(one, str) else None
        if match:
            qualifiers = {"build": match[3] or ""}
            found.append(language_package("conda", path, match[1], match[2], qualifiers=qualifiers))
    yield from merge(found)
