"""`composer.lock` of Composer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.composer_packages import composer_packages
from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "composer.lock"
WANTS: tuple[Want, ...] = (Want("**/composer.lock", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the locked packages; those of `packages-dev` are for development.

    Args:
        path: of the file.
        content: of the file.

    Source: Composer documentation, "composer.lock"; Composer source code, "Locker".
    """
    document = json_document(path, content)
    needed = composer_packages(path, document.get("packages"), lambda _: False)
    for_development = composer_packages(path, document.get("packages-dev"), lambda _: True)
    yield from merge((*needed, *for_development))
