"""Python projects: exact pins in the standard tables of `pyproject.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.python_pins import belongs_to_installed, read_pin
from bedplate.inventory.toml_document import toml_document
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "pyproject.toml"
WANTS: tuple[Want, ...] = (Want("**/pyproject.toml", limit=MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the requirements that are pinned to one version.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not TOML.

    Source: PEP 621 (dependencies, optional-dependencies) and PEP 735 (dependency-groups).
    """
    if belongs_to_installed(path):
        return
    packages, open_ended = [], 0
    for requirement, development in _requirements(toml_document(path, content)):
        pin = read_pin(requirement)
        if pin:
            packages.append(
                pypi_package(path, pin.name, pin.version, direct=True, development=development)
            )
        else:
            open_ended += 1
    yield from merge(packages)
    if open_ended:
        yield Skipped(path, f"requirements without an exact version: {open_ended}")


def _requirements(document: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    project = mapping(document.get("project"))
    for requirement in texts(project.get("dependencies")):
        yield requirement, False
    for group in mapping(project.get("optional-dependencies")).values():
        for requirement in texts(group):
            yield requirement, False
    for group in mapping(document.get("dependency-groups")).values():
        for requirement in texts(group):
            yield requirement, True
