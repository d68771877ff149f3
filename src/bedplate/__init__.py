"""bedplate: the whole life of a container base image, without a Docker daemon.

The names below are the public face; each is loaded when it is first used, so that importing
the package costs nothing. Rooms (`bedplate.inventory`, `bedplate.images`, ...) load the same way.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bedplate._version import __version__

if TYPE_CHECKING:
    from bedplate.errors import BadInput, BedplateError, InvalidReference, Unavailable
    from bedplate.flows.compare import compare
    from bedplate.flows.inspect import inspect
    from bedplate.flows.opening import open_session
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Comparison
    from bedplate.model.digest import Digest
    from bedplate.model.package import Package
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference
    from bedplate.model.skipped import Skipped

__all__ = [
    "BadInput",
    "BaseFacts",
    "BedplateError",
    "Comparison",
    "Digest",
    "InvalidReference",
    "Package",
    "Platform",
    "Reference",
    "Session",
    "Skipped",
    "Unavailable",
    "__version__",
    "compare",
    "inspect",
    "open_session",
]

_HOMES = {
    "BadInput": "errors",
    "BaseFacts": "model.base_facts",
    "BedplateError": "errors",
    "Comparison": "model.comparison",
    "Digest": "model.digest",
    "InvalidReference": "errors",
    "Package": "model.package",
    "Platform": "model.platform",
    "Reference": "model.reference",
    "Session": "flows.session",
    "Skipped": "model.skipped",
    "Unavailable": "errors",
    "compare": "flows.compare",
    "inspect": "flows.inspect",
    "open_session": "flows.opening",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        value: object = getattr(import_module(f"bedplate.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    try:
        return import_module(f"bedplate.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"bedplate.{name}":
            raise
        raise AttributeError(f"module 'bedplate' has no attribute {name!r}") from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
