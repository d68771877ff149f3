"""Finds and reads the file that says how a repository is updated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.model.update_policy import UpdateSettings
from bedplate.updating.edited_file import read_edited
from bedplate.updating.policy_sources import POLICY_SOURCES, bedplate

if TYPE_CHECKING:
    from pathlib import Path


def read_update_settings(top: Path, own: Path | None = None) -> UpdateSettings:
    """Read the first file that says something about images: ours, then those of other tools.

    Args:
        top: folder at the top of the repository.
        own: bedplate.toml; None where there is none.

    Raises:
        InvalidConfiguration: ours has a key that nobody knows, or a value of another kind.
    """
    if own is not None:
        settings = bedplate.read(str(own), read_edited(own, str(own)).text)
        if settings.sources:
            return settings
    skipped: list[Skipped] = []
    for source in POLICY_SOURCES:
        place = next((one for one in source.PLACES if (top / one).is_file()), "")
        if not place or source is bedplate:
            continue
        try:
            settings = source.read(place, read_edited(top / place, place).text)
        except BadInput as error:  # another tool's file must not stop us
            skipped.append(Skipped(place, error.message.removeprefix(f"{place}: ")))
            continue
        if settings.sources:
            return settings
    return UpdateSettings(skipped=tuple(skipped))
