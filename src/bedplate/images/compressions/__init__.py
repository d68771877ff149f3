"""The compressions that layers come in; the one that takes anything stands last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.compressions import gzip, none, zstd

if TYPE_CHECKING:
    from bedplate.images.compression import Compression

COMPRESSIONS: tuple[Compression, ...] = (gzip, zstd, none)
