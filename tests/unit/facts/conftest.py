"""Values that the tests of this room share."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.facts.catalog import Catalog
from bedplate.model.base_facts import BaseFacts, LayerFacts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _digest(word: str) -> str:
    return "sha256:" + hashlib.sha256(word.encode()).hexdigest()


def _image(name: str, *layers: str, **fields: Any) -> BaseFacts:
    platform = fields.get("platform", "linux/amd64")
    made = tuple(LayerFacts(_digest(word), _digest(f"{word}, unpacked")) for word in layers)
    defaults: dict[str, Any] = {
        "name": name,
        "reference": name,
        "origin": "registry",
        "observed": "2026-01-02",
        "platform": platform,
        "manifest_digest": _digest(f"{name} {platform}"),
        "index_digest": _digest(name),
        "layers": made or None,
    }
    return BaseFacts(**(defaults | fields))


@pytest.fixture(name="digest")
def fixture_digest() -> Callable[[str], str]:
    """Make a digest out of a word."""
    return _digest


@pytest.fixture(name="image")
def fixture_image() -> Callable[..., BaseFacts]:
    """Make facts of an image whose layers are named by words."""
    return _image


@pytest.fixture(scope="session", name="embedded")
def fixture_embedded() -> Catalog:
    """The catalog that is shipped, without a user's part."""
    return Catalog.open(None)


@pytest.fixture(name="catalog")
def fixture_catalog(tmp_path: Path) -> Catalog:
    """The catalog that is shipped, with an empty user's part in `tmp_path`/mine."""
    return Catalog.open(tmp_path / "mine")
