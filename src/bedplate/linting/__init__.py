"""Rules over Dockerfiles: what builds, but should not be built like that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.linting.lint import lint

__all__ = ["lint"]


def __getattr__(name: str) -> object:
    if name == "lint":
        from bedplate.linting.lint import lint  # noqa: PLC0415 - lazy: loads every rule

        return lint
    raise AttributeError(f"module 'bedplate.linting' has no attribute {name!r}")
