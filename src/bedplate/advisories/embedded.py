"""The stores that come with the program: a dated snapshot for the images of the catalog."""

from __future__ import annotations

from pathlib import Path

import zstandard

from bedplate.advisories.store import Store, open_bytes
from bedplate.errors import CorruptStore

SUFFIX = ".sqlite.zst"
FOLDER = Path(__file__).parent / "data"
_MAX_STORE = 64 * 1024 * 1024


def embedded_names() -> tuple[str, ...]:
    """List the embedded stores."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}")))


def open_embedded(name: str) -> Store:
    """Unpack an embedded store into memory and open it.

    Raises:
        CorruptStore: the installation is damaged.
    """
    path = FOLDER / f"{name}{SUFFIX}"
    try:
        content = zstandard.decompress(path.read_bytes(), max_output_size=_MAX_STORE)
    except (OSError, zstandard.ZstdError) as error:
        raise CorruptStore(f"{path} can't be read: {error}", "install bedplate again") from error
    return open_bytes(content, str(path))
