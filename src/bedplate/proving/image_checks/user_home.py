"""The user is there that the image runs as, and its home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "user"


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look names of USER up; numbers need no entry."""
    user, _, group = config.user.partition(":")
    profile = situation.profile
    if user and not user.isdecimal() and user not in {one.name for one in profile.users}:
        yield _absent("user", user, "/etc/passwd")
    if group and not group.isdecimal() and group not in profile.groups:
        yield _absent("group", group, "/etc/group")
    home = next((one.home for one in profile.users if one.name == user), "")
    if user and home not in ("", "/", "/nonexistent") and situation.has(home) is False:
        yield Proof(
            "USER",
            Outcome.RISK,
            NAME,
            f"{home}, the home of {user}, is not there",
            missing=home,
            fix=f"make {home}, or set HOME to a folder that can be written to",
        )


def _absent(what: str, name: str, file: str) -> Proof:
    return Proof(
        "USER",
        Outcome.FAILS,
        NAME,
        f"the {what} {name} is not in {file} of this base: the container does not start",
        missing=name,
        fix=f"add the {what}, or give its number",
    )
