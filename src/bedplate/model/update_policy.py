"""How images of a repository may be updated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from bedplate.model.path_glob import path_fits
from bedplate.model.tag_policy import DEFAULT_AXES, Ended

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bedplate.model.platform import Platform
    from bedplate.model.schedule import Window
    from bedplate.model.skipped import Skipped
    from bedplate.model.tag_choice import Axis

# what rules add to instead of replacing it
_ADDED = frozenset({"deny", "ignored", "labels", "reviewers", "team_reviewers", "assignees"})


@dataclass(frozen=True, slots=True)
class GateLimits:
    """What a candidate must not be worse in.

    Args:
        new_vulnerabilities: word of a level; new findings of that level or graver refuse a
            candidate; empty for none.
        fixable_only: only those count that some version fixes.
        reading: whose level counts, `vendor` or `cvss`.
        growth: percent that the compressed size may grow; None for any.
        must_know: what could not be examined refuses too.
    """

    new_vulnerabilities: str = "high"
    fixable_only: bool = False
    reading: str = "vendor"
    growth: float | None = None
    must_know: bool = False


@dataclass(frozen=True, slots=True)
class UpdatePolicy:
    """What holds for one image in one file.

    Args:
        enabled: False leaves it alone.
        axes, prereleases, short_term, ended, margin, allow, deny, within: see `TagPolicy`.
        ignored: ranges of versions that are not proposed.
        minimum_age: days that a candidate must have been there; 0 for none.
        settle: hours that a candidate must have been unchanged, where its time is known for free.
        pin_digests: write digests where there are none; None: refresh those that are there.
        platforms: that must not be lost; empty for all that the current image is offered for.
        gates: what a candidate must not be worse in.
        group: how changes are put together: `image`, `file`, `axis`, `all`, or a name.
        schedule: when new change requests may be opened; empty for always.
        labels, reviewers, team_reviewers, assignees: of change requests.
        draft, auto_merge: of change requests.
    """

    enabled: bool = True
    axes: frozenset[Axis] = DEFAULT_AXES
    prereleases: bool = False
    short_term: bool = False
    ended: Ended = Ended.NEVER
    margin: int = 90
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    within: str = ""
    ignored: tuple[str, ...] = ()
    minimum_age: float = 0
    settle: float = 3
    pin_digests: bool | None = None
    platforms: tuple[Platform, ...] = ()
    gates: GateLimits = field(default_factory=GateLimits)
    group: str = "image"
    schedule: tuple[Window, ...] = ()
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    team_reviewers: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    draft: bool = False
    auto_merge: bool = False


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """What holds for some images.

    Args:
        changes: fields of `UpdatePolicy` and their values.
        images: glob patterns of names, short or full; empty for all.
        but: glob patterns of names that it is not about.
        files: glob patterns of paths; empty for all.
        kinds: names of file kinds; empty for all.
        axes: of the move; empty for all.
        until: last day on which the rule holds; None for ever.
        reason: why, for people.
        source: the file that it is from.
    """

    changes: Mapping[str, Any]
    images: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    axes: frozenset[Axis] = frozenset()
    until: date | None = None
    reason: str = ""
    source: str = ""

    def covers(self, path: str, names: tuple[str, ...], kind: str, today: date) -> bool:
        """Tell whether it is about an image in a file, whatever the move."""
        return (
            (self.until is None or today <= self.until)
            and (not self.kinds or kind in self.kinds)
            and (not self.files or any(path_fits(path, one) for one in self.files))
            and (not self.images or _named(names, self.images))
            and not _named(names, self.but)
        )


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """Everything that was decided about updates in a repository.

    Args:
        policy: what holds where no rule says otherwise.
        rules: in the order in which they apply; the last word counts.
        open_requests: how many change requests may be open at once; None for any number.
        branch_prefix: of branches that are ours.
        base: branch that change requests are for; empty for the default one.
        dashboard: keep an issue with what waits and what was refused.
        title_prefix: before titles and messages of commits, as `chore(deps): `.
        hub_api: address of Docker Hub's API, which is asked since when tags are there where a
            minimum age counts; empty to ask nobody.
        sources: the files that say all this.
        skipped: what they say that can't be honoured.
    """

    policy: UpdatePolicy = field(default_factory=UpdatePolicy)
    rules: tuple[UpdateRule, ...] = ()
    open_requests: int | None = None
    branch_prefix: str = "bedplate/"
    base: str = ""
    dashboard: bool = False
    title_prefix: str = ""
    hub_api: str = ""
    sources: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def policy_for(
        self,
        path: str,
        names: tuple[str, ...],
        kind: str,
        today: date,
        axes: tuple[Axis, ...] | None = None,
    ) -> UpdatePolicy:
        """Give what holds for an image in a file.

        Args:
            path: of the file, from the top of the repository.
            names: of the image, without tag and digest: `node`, `docker.io/library/node`.
            kind: of the file.
            today: rules end.
            axes: what moves. None: not known yet; what rules switch off for some axes is then
                off in `axes` of the answer.
        """
        policy = self.policy
        for rule in self.rules:
            if not rule.covers(path, names, kind, today):
                continue
            if not rule.axes or (axes is not None and rule.axes & set(axes[:1])):
                policy = _changed(policy, rule.changes)
            elif axes is None and "enabled" in rule.changes:
                on = rule.changes["enabled"]
                kept = policy.axes | rule.axes if on else policy.axes - rule.axes
                policy = replace(policy, axes=kept)
        return policy


def _changed(policy: UpdatePolicy, changes: Mapping[str, Any]) -> UpdatePolicy:
    merged: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(policy, key), *value))) if key in _ADDED else value
        for key, value in changes.items()
    }
    if policy.within and merged.get("within"):
        merged["within"] = f"{policy.within},{merged['within']}"
    return replace(policy, **merged)


def _named(names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)
