"""The checks of what an image's configuration asks of its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.image_checks import (
    entrypoint,
    health_check,
    locale,
    shell,
    time_zone,
    user_home,
)

if TYPE_CHECKING:
    from bedplate.proving.image_check import ImageCheck

IMAGE_CHECKS: tuple[ImageCheck, ...] = (
    entrypoint,
    health_check,
    shell,
    user_home,
    locale,
    time_zone,
)
