"""Stores made of records as feeds write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.stores import Stores, open_stores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def stores_of(tmp_path: Path) -> Callable[..., Stores]:
    """Build stores of OSV records, and open them."""

    def make(*records: dict[str, Any], **others: str) -> Stores:
        """Write the records, and other feeds by their name, each as its text."""
        feeds = tmp_path / "feeds"
        feeds.mkdir()
        lines = "".join(json.dumps(one) + "\n" for one in records)
        for name, text in {"records.jsonl": lines, **others}.items():
            (feeds / name).write_text(text)
        build_stores([feeds], tmp_path / "stores", BuildOptions(built="2026-11-01T00:00:00Z"))
        return open_stores(tmp_path / "stores", embedded=False)

    return make
