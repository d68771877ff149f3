"""renovate.json: rules for images that say what our policy says.

Source: Renovate's documentation, "Configuration Options".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.model.starter import StarterText
from bedplate.model.tag_choice import Axis
from bedplate.updating.renovate_keys import MANAGERS
from bedplate.updating.untold import untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.starter import StarterProject
    from bedplate.model.update_policy import UpdatePolicy, UpdateRule

NAME = "renovate"
PLACE = "renovate.json"
WORKFLOW = False
_TYPES = (Axis.DIGEST, Axis.PATCH, Axis.MINOR, Axis.MAJOR)
_DOCKER = {"matchDatasources": ["docker"]}
_SAID = frozenset(
    {"enabled", "axes", "pin_digests", "minimum_age", "labels", "reviewers", "team_reviewers"}
    | {"assignees", "draft", "auto_merge", "group"}
)


def write(project: StarterProject, /) -> StarterText:
    """Write rules for the kinds of files that the project has."""
    settings = project.settings
    document: dict[str, Any] = {
        "$schema": "https://docs.renovatebot.com/renovate-schema.json",
        "extends": ["config:recommended"],
        "enabledManagers": _managers(project) or ["dockerfile"],
        **_keys(settings.policy),
    }
    if settings.open_requests is not None:
        document["prConcurrentLimit"] = settings.open_requests
    if settings.base:
        document["baseBranches"] = [settings.base]
    if settings.title_prefix:
        document["commitMessagePrefix"] = settings.title_prefix.rstrip()
    document["dependencyDashboard"] = settings.dashboard
    rules = [*_axes_off(settings.policy), *map(_rule, filter(_can_be_said, settings.rules))]
    if rules:
        document["packageRules"] = rules
    left_out = [rule for rule in settings.rules if not _can_be_said(rule)]
    notes = untold(settings.policy, _SAID, left_out, PLACE)
    if Axis.DISTRO in settings.policy.axes:
        notes = (*notes, "Renovate does not move distributions: leave that to bedplate update")
    return StarterText(json.dumps(document, indent=2, ensure_ascii=False) + "\n", notes)


def _managers(project: StarterProject) -> list[str]:
    kinds = set(project.kinds)
    return sorted(name for name, own in MANAGERS.items() if kinds & set(own))


def _keys(policy: UpdatePolicy) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if policy.pin_digests:
        found["pinDigests"] = True
    if policy.minimum_age:
        found["minimumReleaseAge"] = f"{policy.minimum_age:g} days"
    if policy.labels:
        found["labels"] = list(policy.labels)
    reviewers = [*policy.reviewers, *(f"team:{name}" for name in policy.team_reviewers)]
    if reviewers:
        found["reviewers"] = reviewers
    if policy.assignees:
        found["assignees"] = list(policy.assignees)
    for name, value in (("draftPR", policy.draft), ("automerge", policy.auto_merge)):
        if value:
            found[name] = True
    if policy.group == "all":
        found["groupName"] = "base images"
    elif policy.group not in ("image", "file", "axis"):
        found["groupName"] = policy.group
    return found


def _axes_off(policy: UpdatePolicy) -> Iterator[dict[str, Any]]:
    off = [axis.name.lower() for axis in _TYPES if axis not in policy.axes]
    if off:
        yield {**_DOCKER, "matchUpdateTypes": off, "enabled": False}


def _can_be_said(rule: UpdateRule) -> bool:
    """Tell whether a rule has a counterpart: those that switch off, for ever, do."""
    return dict(rule.changes) == {"enabled": False} and not rule.kinds and rule.until is None


def _rule(rule: UpdateRule) -> dict[str, Any]:
    found: dict[str, Any] = {**_DOCKER, "enabled": False}
    if rule.reason:
        found["description"] = rule.reason
    names = [*rule.images, *(f"!{name}" for name in rule.but)]
    if names:
        found["matchPackageNames"] = names
    if rule.files:
        found["matchFileNames"] = list(rule.files)
    if rule.axes:
        found["matchUpdateTypes"] = [axis.name.lower() for axis in _TYPES if axis in rule.axes]
    return found
