"""The time zone is there that the environment asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "time zone"


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look at TZ."""
    zone = (config.variable("TZ") or "").lstrip(":")
    if "/" in zone and not situation.profile.time_zones:
        yield Proof(
            "TZ",
            Outcome.RISK,
            NAME,
            f"TZ={zone}, and the base has no time zone database: times are those of UTC",
            missing="a time zone database",
            provided_by=("tzdata",),
            fix="install tzdata, or copy /usr/share/zoneinfo from the build stage",
        )
