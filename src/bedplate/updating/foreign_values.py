"""Values of other tools' configuration files: read as far as they go, never refused."""

from __future__ import annotations

import re
from typing import Any

from bedplate.errors import InvalidVersion
from bedplate.tags.version_range import is_within


def texts(value: Any) -> tuple[str, ...]:
    """Take the texts of a list, nothing of anything else."""
    if not isinstance(value, list):
        return ()
    return tuple(one for one in value[:10_000] if isinstance(one, str) and one)


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
