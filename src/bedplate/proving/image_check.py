"""The contract of an entry on the shelf `image_checks/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.verdict import Proof
    from bedplate.proving.situation import Situation


class ImageCheck(Protocol):
    """One thing that an image's configuration asks of the base.

    NAME is the word in reports.
    """

    NAME: str

    def check(self, config: ImageConfig, situation: Situation, /) -> Iterable[Proof]:
        """Judge the configuration; nothing when all is well or when it does not apply."""
        ...
