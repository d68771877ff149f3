"""The forges that we know, each a module with the names of `forges.forge.Forge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.forges.known import gitea, github, gitlab

if TYPE_CHECKING:
    from bedplate.forges.forge import Forge

FORGES: tuple[Forge, ...] = (github, gitlab, gitea)
