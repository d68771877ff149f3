"""Presets of Renovate that say something about images, as the settings that they stand for.

Source: Renovate's documentation, "Presets" (Default, Config, Docker, Group, Schedule).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.model.skipped import Skipped
from bedplate.updating.foreign_values import texts

if TYPE_CHECKING:
    from collections.abc import Callable

_TESTS = ["**/node_modules/**", "**/bower_components/**", "**/vendor/**", "**/examples/**"]
_TESTS += ["**/__tests__/**", "**/test/**", "**/tests/**", "**/__fixtures__/**"]
_DOCKER = {"matchDatasources": ["docker"]}
_RECOMMENDED = {"dependencyDashboard": True, "ignorePaths": _TESTS}
_PRESETS: dict[str, dict[str, Any]] = {
    "config:recommended": _RECOMMENDED,
    "config:base": _RECOMMENDED,
    "config:best-practices": {
        **_RECOMMENDED,
        "packageRules": [{**_DOCKER, "pinDigests": True}],
    },
    "config:js-app": _RECOMMENDED,
    "config:js-lib": _RECOMMENDED,
    "config:semverAllMonthly": {**_RECOMMENDED, "schedule": ["* 0-3 1 * *"]},
    "config:semverAllWeekly": {**_RECOMMENDED, "schedule": ["before 4am on monday"]},
    "docker:pinDigests": {"packageRules": [{**_DOCKER, "pinDigests": True}]},
    "docker:disable": {"packageRules": [{**_DOCKER, "enabled": False}]},
    "docker:disableMajor": {
        "packageRules": [{**_DOCKER, "matchUpdateTypes": ["major"], "enabled": False}]
    },
    "docker:enableMajor": {
        "packageRules": [{**_DOCKER, "matchUpdateTypes": ["major"], "enabled": True}]
    },
    ":pinDigestsDisabled": {"pinDigests": False},
    ":disableDigestUpdates": {"digest": {"enabled": False}},
    ":disableMajorUpdates": {"major": {"enabled": False}},
    ":dependencyDashboard": {"dependencyDashboard": True},
    ":disableDependencyDashboard": {"dependencyDashboard": False},
    ":semanticCommits": {"semanticCommits": "enabled"},
    ":semanticCommitsDisabled": {"semanticCommits": "disabled"},
    ":ignoreModulesAndTests": {"ignorePaths": _TESTS},
    ":includeNodeModules": {"ignorePaths": []},
    ":automergeAll": {"automerge": True},
    ":automergeDisabled": {"automerge": False},
    ":automergeDigest": {"digest": {"automerge": True}},
    ":automergePatch": {"patch": {"automerge": True}},
    ":automergeMinor": {"minor": {"automerge": True}, "patch": {"automerge": True}},
    ":prConcurrentLimitNone": {"prConcurrentLimit": 0},
    ":disableRateLimiting": {"prConcurrentLimit": 0},
    "group:all": {"groupName": "all dependencies"},
    "group:allNonMajor": {
        "packageRules": [
            {
                "groupName": "all non-major dependencies",
                "matchUpdateTypes": ["minor", "patch"],
            }
        ]
    },
    "group:allDigest": {
        "packageRules": [{"groupName": "all digest updates", "matchUpdateTypes": ["digest"]}]
    },
    "schedule:daily": {"schedule": ["* 0-3 * * *"]},
    "schedule:earlyMondays": {"schedule": ["* 0-3 * * 1"]},
    "schedule:weekly": {"schedule": ["* 0-3 * * 1"]},
    "schedule:monthly": {"schedule": ["* 0-3 1 * *"]},
    "schedule:quarterly": {"schedule": ["* 0-3 1 */3 *"]},
    "schedule:weekends": {"schedule": ["* * * * 0,6"]},
    "schedule:weekdays": {"schedule": ["* * * * 1-5"]},
    "schedule:officeHours": {"schedule": ["after 8am and before 6pm every weekday"]},
    "schedule:nonOfficeHours": {
        "schedule": ["* 0-4,22-23 * * 1-5", "* * * * 0,6"],
    },
}
_WITH_VALUE: dict[str, Callable[[str], dict[str, Any]]] = {
    ":label": lambda value: {"labels": [value]},
    ":labels": lambda value: {"labels": [one.strip() for one in value.split(",")]},
    ":assignee": lambda value: {"assignees": [value]},
    ":reviewer": lambda value: {"reviewers": [value]},
    ":timezone": lambda value: {"timezone": value},
    ":prConcurrentLimit": lambda value: {
        "prConcurrentLimit": int(value) if value.isdecimal() and len(value) < 6 else 10
    },
    ":ignoreUnstable": lambda _: {},
}
# they say nothing about images
_SILENT = re.compile(
    r"(workarounds|replacements|monorepo|npm|helpers|mergeConfidence|security|abandonments|"
    r"customManagers|regexManagers|packages|global|preview):.*|"
    r"group:(recommended|monorepos|.*Monorepo|definitelyTyped.*|.*(eslint|linters|jest|react).*)|"
    r":(maintainLockFiles.*|pinVersions|pinOnly.*|pinDevDependencies|pinAll.*|preserveSemver.*|"
    r"rebaseStale.*|separate.*|combine.*|unpublishSafe.*|semanticPrefix.*|semanticCommit(Type|Scope).*|"
    r"ignoreUnstable|configMigration|gitSignOff|onlyNpm|updateNotScheduled|prImmediately.*|"
    r"prNotPending|automergeBranch|automergePr|automergeLinters|automergeTesters|"
    r"autodetect.*|widenPeer.*|approveMajorUpdates|enableRenovate|enablePreCommit|"
    r"disablePeer.*|enableVulnerabilityAlerts.*|disableVulnerabilityAlerts)|default:.*"
)
_VALUE = re.compile(r"(:[A-Za-z]+)(?:\(([^()]{0,200})\)|(\d{1,5}))")


def expand(table: dict[str, Any], path: str) -> tuple[dict[str, Any], list[Skipped]]:
    """Put the presets of `extends` below the settings themselves; later ones win.

    Args:
        table: a configuration.
        path: of its file, for notes.

    Returns:
        the settings, and the presets that are not known.
    """
    merged: dict[str, Any] = {}
    unknown: list[Skipped] = []
    for name in texts(table.get("extends")):
        found = _preset(name)
        if found is not None:
            _merge(merged, found)
        elif not _SILENT.fullmatch(name):
            unknown.append(Skipped(f"{path}: extends {name[:80]}", "no preset that is known here"))
    _merge(merged, table)
    return merged, unknown


def _preset(name: str) -> dict[str, Any] | None:
    if name in _PRESETS:
        return _PRESETS[name]
    match = _VALUE.fullmatch(name)
    if match and match[1] in _WITH_VALUE:
        return _WITH_VALUE[match[1]](match[2] or match[3] or "")
    return None


def _merge(into: dict[str, Any], table: dict[str, Any]) -> None:
    """Merge as Renovate does: rules are added, blocks are merged, all else is replaced."""
    for key, value in table.items():
        old = into.get(key)
        if key == "packageRules" and isinstance(old, list) and isinstance(value, list):
            into[key] = [*old, *value]
        elif isinstance(old, dict) and isinstance(value, dict):
            into[key] = {**old, **value}
        else:
            into[key] = value
