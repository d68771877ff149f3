"""What is to stand in place of the parts of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.image_use import ImageUse


@dataclass(frozen=True, slots=True)
class Replacement:
    """New parts of one use.

    Args:
        use: what `images` found in the very text that is rewritten.
        name: registry and repository; None leaves them.
        tag: None leaves it, empty takes it away.
        digest: None leaves it, empty takes it away.
    """

    use: ImageUse
    name: str | None = None
    tag: str | None = None
    digest: str | None = None
