"""Values of other tools' configuration files: read as far as they go, never refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidVersion
from bedplate.tags.version_range import is_within

if TYPE_CHECKING:
    from collections.abc import Iterable


def texts(value: Any) -> tuple[str, ...]:
    """Take the texts of a list, nothing of anything else."""
    if not isinstance(value, list):
        return ()
    return tuple(one for one in value[:10_000] if isinstance(one, str) and one)


def people(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Part teams (`team:platform`, `acme/platform`) from users, as fields of our policy."""
    users, teams = [], []
    for one in names:
        name = one.removeprefix("@")
        if name.startswith("team:") or "/" in name:
            teams.append(name.removeprefix("team:").rpartition("/")[2])
        else:
            users.append(name)
    return {"reviewers": tuple(users), "team_reviewers": tuple(teams)}


def as_range(text: str) -> str:
    """Spell a range as we do: conditions with commas between them; empty when it can't be."""
    words = re.sub(r"([<>=!]+)\s+", r"\1", text.strip().replace(",", " ")).split()
    found = []
    for word in words:
        caret = re.fullmatch(r"[\^~](\d+)(?:\.(\d+))?(?:\.(\d+))?", word)
        if caret:
            kept = caret[1] if word[0] == "^" or caret[2] is None else f"{caret[1]}.{caret[2]}"
            found += [f">={word[1:]}", f"=={kept}.*"]
        else:
            found.append(re.sub(r"(?<=\d)\.[a-w]\Z", "", word))
    spelled = ",".join(found)
    try:
        is_within((0,), spelled)
    except InvalidVersion:
        return ""
    return spelled
