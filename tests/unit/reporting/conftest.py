"""The judge of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rig import published_schemas

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def schema_errors() -> Callable[[Any, str], list[str]]:
    """Give the judge of documents."""
    return published_schemas.schema_errors
