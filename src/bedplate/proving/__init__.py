"""Will it run there? Files of an application against a base, by the rules of its loaders."""

from __future__ import annotations

from bedplate.proving.proving import prove, prove_on

__all__ = ["prove", "prove_on"]
