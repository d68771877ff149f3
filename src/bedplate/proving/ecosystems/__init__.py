"""Every ecosystem whose packages may bring native code along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.ecosystems import cargo, gem, golang, maven, npm, pypi

if TYPE_CHECKING:
    from bedplate.proving.ecosystem import Ecosystem

ECOSYSTEMS: tuple[Ecosystem, ...] = (npm, pypi, gem, golang, cargo, maven)
