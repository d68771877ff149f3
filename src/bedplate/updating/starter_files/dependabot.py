"""dependabot.yml: entries for images that say what our policy says.

Source: GitHub's documentation, "Dependabot options reference".
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

import yaml

from bedplate.model.starter import StarterText
from bedplate.model.tag_choice import Axis
from bedplate.updating.untold import untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.starter import StarterProject
    from bedplate.model.update_policy import UpdateRule, UpdateSettings

NAME = "dependabot"
PLACE = ".github/dependabot.yml"
WORKFLOW = False
_ECOSYSTEMS = {
    "docker": frozenset(("dockerfile", "kubernetes", "helm-values")),
    "docker-compose": frozenset(("compose",)),
}
_TYPES = {
    Axis.MAJOR: "version-update:semver-major",
    Axis.MINOR: "version-update:semver-minor",
    Axis.PATCH: "version-update:semver-patch",
}
_SAID = frozenset(("enabled", "axes", "minimum_age", "labels", "reviewers", "assignees"))


def write(project: StarterProject, /) -> StarterText:
    """Write an entry for each ecosystem that the project has."""
    entries = [
        _entry(name, folders, project.settings)
        for name, kinds in _ECOSYSTEMS.items()
        if (folders := _folders(project, kinds))
    ] or [_entry("docker", ["/"], project.settings)]
    text = yaml.safe_dump({"version": 2, "updates": entries}, sort_keys=False, allow_unicode=True)
    settings = project.settings
    left_out = [rule for rule in settings.rules if not _can_be_said(rule)]
    notes = list(untold(settings.policy, _SAID, left_out, PLACE))
    known = frozenset().union(*_ECOSYSTEMS.values())
    others = [path for path, kind in project.files.items() if kind not in known]
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        notes.append(f"Dependabot does not read {', '.join(others[:3])}{more}")
    return StarterText(text, tuple(notes))


def _folders(project: StarterProject, kinds: frozenset[str]) -> list[str]:
    found = {
        posixpath.dirname(path).strip("/") for path, kind in project.files.items() if kind in kinds
    }
    return sorted(f"/{folder}" for folder in found)


def _entry(ecosystem: str, folders: list[str], settings: UpdateSettings) -> dict[str, Any]:
    policy = settings.policy
    found: dict[str, Any] = {
        "package-ecosystem": ecosystem,
        "directories": folders,
        "schedule": {"interval": "daily"},
    }
    if settings.open_requests is not None:
        found["open-pull-requests-limit"] = settings.open_requests
    if settings.base:
        found["target-branch"] = settings.base
    if settings.title_prefix:
        found["commit-message"] = {"prefix": settings.title_prefix.rstrip()}
    for key, names in (("labels", policy.labels), ("assignees", policy.assignees)):
        if names:
            found[key] = list(names)
    if policy.minimum_age:
        found["cooldown"] = {"default-days": max(1, round(policy.minimum_age))}
    off = [word for axis, word in _TYPES.items() if axis not in policy.axes]
    ignored = [{"dependency-name": "*", "update-types": off}] if off else []
    ignored += [row for rule in filter(_can_be_said, settings.rules) for row in _ignored(rule)]
    if ignored:
        found["ignore"] = ignored
    return found


def _can_be_said(rule: UpdateRule) -> bool:
    """Tell whether a rule has a counterpart: those that switch images off for ever do."""
    narrow = rule.kinds or rule.files or rule.but or rule.until is not None
    known = rule.axes <= _TYPES.keys()
    return dict(rule.changes) == {"enabled": False} and bool(rule.images) and known and not narrow


def _ignored(rule: UpdateRule) -> Iterator[dict[str, Any]]:
    for name in rule.images:
        row: dict[str, Any] = {"dependency-name": name}
        if rule.axes:
            row["update-types"] = [_TYPES[axis] for axis in sorted(rule.axes)]
        yield row
