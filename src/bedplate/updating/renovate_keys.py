"""Keys of Renovate's configuration -> fields of our policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.model.skipped import Skipped
from bedplate.model.tag_choice import Axis
from bedplate.updating.foreign_values import as_range, people, texts
from bedplate.updating.schedule_text import known_zone, read_schedule
from bedplate.updating.setting_values import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.model.schedule import Window

# names of Renovate's managers -> kinds of our files
MANAGERS: dict[str, tuple[str, ...]] = {
    "docker": (),
    "ansible": ("ansible",),
    "argocd": ("argo-cd",),
    "azure-pipelines": ("azure-pipelines",),
    "batect": ("batect",),
    "bitbucket-pipelines": ("bitbucket",),
    "buildkite": ("buildkite",),
    "circleci": ("circleci",),
    "cloudbuild": ("cloud-build",),
    "devcontainer": ("devcontainer",),
    "docker-compose": ("compose",),
    "dockerfile": ("dockerfile",),
    "droneci": ("drone",),
    "earthfile": ("earthfile",),
    "github-actions": ("github-workflow",),
    "gitlabci": ("gitlab-ci",),
    "helm-values": ("helm-values",),
    "kubernetes": ("kubernetes",),
    "kustomize": ("kustomize",),
    "quadlet": ("quadlet",),
    "tekton": ("tekton",),
    "terraform": ("terraform",),
    "velaci": ("vela",),
    "woodpecker": ("woodpecker",),
}
ALL_KINDS = tuple(sorted({kind for kinds in MANAGERS.values() for kind in kinds}))
# what says nothing about images, or is done in another way without a difference that counts
_PLAIN = frozenset(
    {"$schema", "description", "extends", "packageRules", "enabledManagers", "ignorePaths"}
    | {"includePaths", "ignoreDeps", "dependencyDashboard", "prConcurrentLimit", "baseBranches"}
    | {"baseBranchPatterns", "semanticCommits", "commitMessagePrefix", "timezone", "hostRules"}
    | {"major", "minor", "patch", "digest", "pin", "separateMajorMinor", "separateMinorPatch"}
    | {"rebaseWhen", "commitMessageTopic", "commitMessageExtra", "commitMessageAction"}
    | {"semanticCommitType", "semanticCommitScope", "commitBody", "lockFileMaintenance"}
    | {"vulnerabilityAlerts", "osvVulnerabilityAlerts", "configMigration", "ignoreUnstable"}
    | {"rangeStrategy", "postUpdateOptions", "dependencyDashboardTitle", "onboarding"}
    | {"platformAutomerge", "automergeType", "automergeStrategy", "prCreation", "branchPrefix"}
    | {
        "internalChecksFilter",
        "addLabels",
        "groupSlug",
        "internalChecksAsSuccess",
        "updateNotScheduled",
    }
    | {"separateMultipleMajor", "customManagers", "regexManagers", "ignorePresets", "branchTopic"}
)
_NOT_OURS = re.compile(
    r"(npm|python|go|java|maven|gradle|cargo|pip|poetry|nuget|composer|bundler|helmv3|nvm|asdf|"
    r"pre-commit|terragrunt|node|ruby|php|rust|dotnet|pep621|gomod|git-submodules|nix).*"
)
_HONOURED = frozenset(
    {"enabled", "labels", "reviewers", "assignees", "draftPR", "automerge", "schedule"}
    | {"minimumReleaseAge", "stabilityDays", "groupName", "pinDigests", "allowedVersions"}
)
_AXES = {axis.name.lower(): axis for axis in (Axis.MAJOR, Axis.MINOR, Axis.PATCH, Axis.DIGEST)}
# kinds of updates that other package managers have
_OTHER_TYPES = frozenset({"lockfileupdate", "lockFileMaintenance", "bump", "rollback"})


def changes_of(
    table: Mapping[str, Any], place: str, notes: list[Skipped], zone: str = ""
) -> dict[str, Any]:
    """Read the keys that have a field of our policy; what can't be honoured is noted."""
    zone = zone or _text(table.get("timezone"))
    found: dict[str, Any] = {}
    for key, name in (("enabled", "enabled"), ("draftPR", "draft"), ("automerge", "auto_merge")):
        if isinstance(table.get(key), bool):
            found[name] = table[key]
    if isinstance(table.get("pinDigests"), bool):
        found["pin_digests"] = table["pinDigests"] or None
    labels = (*texts(table.get("labels")), *texts(table.get("addLabels")))
    if labels:
        found["labels"] = labels
    reviewers = texts(table.get("reviewers"))
    if reviewers:
        found |= people(reviewers)
    if assignees := texts(table.get("assignees")):
        found["assignees"] = tuple(one.removeprefix("@") for one in assignees)
    if group := _text(table.get("groupName")):
        found["group"] = group
    _add_age(table, place, notes, found)
    _add_range(table, place, notes, found)
    windows = schedule_of(table.get("schedule"), place, notes, zone)
    if windows is not None:
        found["schedule"] = windows
    return found


def _add_age(
    table: Mapping[str, Any], place: str, notes: list[Skipped], found: dict[str, Any]
) -> None:
    age = table.get("minimumReleaseAge")
    if isinstance(table.get("stabilityDays"), int):
        age = f"{table['stabilityDays']} days"
    if age is None:
        return
    try:
        found["minimum_age"] = hours(place, age) / 24
    except InvalidConfiguration as error:
        notes.append(Skipped(f"{place}: minimumReleaseAge", error.message))


def _add_range(
    table: Mapping[str, Any], place: str, notes: list[Skipped], found: dict[str, Any]
) -> None:
    wanted = _text(table.get("allowedVersions"))
    if not wanted:
        return
    spelled = as_range(wanted)
    if spelled:
        found["within"] = spelled
    else:
        what = f"{place}: allowedVersions {wanted[:60]!r}"
        notes.append(Skipped(what, "regular expressions and alternatives are not read"))


def schedule_of(
    value: Any, place: str, notes: list[Skipped], zone: str
) -> tuple[Window, ...] | None:
    """Read a schedule; None when there is none."""
    lines = texts([value] if isinstance(value, str) else value)
    if not lines:
        return None
    windows: list[Window] = []
    for line in lines:
        read = read_schedule(line, known_zone(zone))
        if read is None:
            notes.append(Skipped(f"{place}: schedule {line[:60]!r}", "not understood"))
        else:
            windows += read
    return tuple(windows)


def axes_of(value: Any) -> tuple[frozenset[Axis], bool]:
    """Read kinds of updates; tell whether one of them is the pinning of digests."""
    words = texts(value)
    found = frozenset(_AXES[word] for word in words if word in _AXES)
    return found, bool({"pin", "pinDigest"} & set(words))


def kinds_of(managers: Any) -> tuple[str, ...]:
    """Give the kinds of files that managers read."""
    names = texts(managers)
    return tuple(kind for name in names for kind in MANAGERS.get(name, ()))


def axis_blocks(table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables that stand under the name of a kind of update."""
    for name in ("major", "minor", "patch", "digest"):
        block = table.get(name)
        if isinstance(block, dict):
            yield name, block


def not_honoured(table: Mapping[str, Any], path: str) -> Iterator[Skipped]:
    """Name the keys that mean something for images, and that we do nothing about."""
    for key in table:
        known = key in _PLAIN or key in _HONOURED or key in MANAGERS or _NOT_OURS.fullmatch(key)
        if not known:
            yield Skipped(f"{path}: {key[:60]}", "not honoured")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
