"""Rows with candidates -> groups, each with its branch and title."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Axis
from bedplate.model.update_group import UpdateGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedplate.model.outdated_report import OutdatedRow
    from bedplate.model.update_policy import UpdateSettings

_NAMED = 3  # images that a title names
_LONGEST_BRANCH = 60
_ALL = "all images"
_KEYS: dict[str, Callable[[OutdatedRow], str]] = {
    "image": lambda row: row.reference.familiar_name,
    "file": lambda row: row.path,
    "axis": lambda row: row.decision.candidate.axis.name.lower() if row.decision.candidate else "",
    "all": lambda _: _ALL,
}


def group_rows(rows: Iterable[OutdatedRow], settings: UpdateSettings) -> tuple[UpdateGroup, ...]:
    """Put rows together as their policies say; groups are in the order of their names.

    Args:
        rows: each has a candidate.
        settings: prefixes of branches and titles.
    """
    found: dict[str, list[OutdatedRow]] = {}
    for row in rows:
        by = _KEYS.get(row.policy.group)
        found.setdefault(by(row) if by else row.policy.group, []).append(row)
    return tuple(
        UpdateGroup(
            key,
            settings.branch_prefix + branch_name(key),
            settings.title_prefix + _title(key, found[key]),
            tuple(found[key]),
        )
        for key in sorted(found)
    )


def branch_name(key: str) -> str:
    """Make the last part of a branch's name; different keys never share one.

    Source: git-check-ref-format(1).
    """
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:_LONGEST_BRANCH].strip("-")
    plain = key.replace("/", "-").replace(".", "-").replace(" ", "-").replace("_", "-")
    if slug and slug == plain:
        return slug
    digest = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{slug}-{digest}" if slug else digest


def _title(key: str, rows: Sequence[OutdatedRow]) -> str:
    """Name the one image and its tag, or how many there are."""
    names = list(dict.fromkeys(row.reference.familiar_name for row in rows))
    if len(names) > 1:
        named = ", ".join(names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        about = "" if key in names or key == _ALL else f" ({key})"
        return f"Update {len(names)} images: {named}{more}{about}"
    candidates = [row.decision.candidate for row in rows if row.decision.candidate]
    if all(one.axis is Axis.DIGEST for one in candidates):
        tags = list(dict.fromkeys(one.tag for one in candidates))
        return f"Update the digest of {names[0]}:{', '.join(tags[:_NAMED])}"
    moved = dict.fromkeys(one.tag for one in candidates if one.axis is not Axis.DIGEST)
    tags = list(moved)
    more = f" and {len(tags) - _NAMED} more" if len(tags) > _NAMED else ""
    return f"Update {names[0]} to {', '.join(tags[:_NAMED])}{more}"
