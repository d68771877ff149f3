"""renovate.json, renovate.json5 and .renovaterc: what they say of container images.

Presets are known by name from a small table, none is fetched. A package rule with a condition
that we can't check is left out as a whole, and said so.

Source: Renovate's documentation, "Configuration Options" and "Presets".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bedplate.model.skipped import Skipped
from bedplate.model.tag_choice import Axis
from bedplate.model.tag_policy import DEFAULT_AXES
from bedplate.model.update_policy import UpdatePolicy, UpdateRule, UpdateSettings
from bedplate.updating import renovate_keys as keys
from bedplate.updating.foreign_values import texts
from bedplate.updating.plain_values import read_relaxed_json
from bedplate.updating.renovate_presets import expand
from bedplate.updating.renovate_rule import read_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "renovate"
PLACES: tuple[str, ...] = (
    "renovate.json",
    "renovate.json5",
    ".github/renovate.json",
    ".github/renovate.json5",
    ".gitlab/renovate.json",
    ".gitlab/renovate.json5",
    ".renovaterc",
    ".renovaterc.json",
    ".renovaterc.json5",
)
_MAX_RULES = 2_000


def read(path: str, text: str, /) -> UpdateSettings:
    """Read a configuration of Renovate."""
    table, skipped = expand(read_relaxed_json(path, text), path)
    notes = [*skipped, *keys.not_honoured(table, path)]
    rules: list[UpdateRule] = []
    for manager, kinds in keys.MANAGERS.items():
        rules += _manager(table, manager, kinds, path, notes)
    enabled = table.get("enabledManagers")
    if isinstance(enabled, list):
        kinds = keys.kinds_of(enabled)
        off = tuple(kind for kind in keys.ALL_KINDS if kind not in kinds)
        rules.append(UpdateRule({"enabled": False}, kinds=off, source=path))
    for axis, block in keys.axis_blocks(table):
        changes = keys.changes_of(block, f"{path}: {axis}", notes)
        rules.append(UpdateRule(changes, axes=frozenset((Axis[axis.upper()],)), source=path))
    ignored = texts(table.get("ignoreDeps"))
    if ignored:
        rules.append(UpdateRule({"enabled": False}, images=ignored, source=path))
    rules += _paths(table, path)
    rows = table.get("packageRules")
    for number, row in enumerate(rows[:_MAX_RULES] if isinstance(rows, list) else (), 1):
        rules += read_rule(row, f"{path}: packageRules {number}", path, notes)
    policy = _policy(table, path, notes)
    return _settings(table, policy, rules, path, notes)


def _policy(table: Mapping[str, Any], path: str, notes: list[Skipped]) -> UpdatePolicy:
    changes = keys.changes_of(table, path, notes)
    axes = DEFAULT_AXES
    return replace(UpdatePolicy(axes=axes), **changes)


def _settings(
    table: Mapping[str, Any],
    policy: UpdatePolicy,
    rules: list[UpdateRule],
    path: str,
    notes: list[Skipped],
) -> UpdateSettings:
    limit = table.get("prConcurrentLimit", 10)
    bases = texts(table.get("baseBranches")) or texts(table.get("baseBranchPatterns"))
    if len(bases) > 1 or any(re.search(r"[^\w./-]", one) for one in bases):
        notes.append(Skipped(f"{path}: baseBranches", "only one branch, named in full, is updated"))
        bases = ()
    prefix = table.get("commitMessagePrefix")
    if not isinstance(prefix, str):
        prefix = "chore(deps): " if table.get("semanticCommits") == "enabled" else ""
    return UpdateSettings(
        policy,
        tuple(rules),
        open_requests=limit if isinstance(limit, int) and limit > 0 else None,
        base=bases[0] if bases else "",
        dashboard=table.get("dependencyDashboard") is True,
        title_prefix=f"{prefix.rstrip()} " if prefix.strip() else "",
        sources=(path,),
        skipped=tuple(notes),
    )


def _manager(
    table: Mapping[str, Any],
    manager: str,
    kinds: tuple[str, ...],
    path: str,
    notes: list[Skipped],
) -> list[UpdateRule]:
    """Read what stands under the name of a manager: `dockerfile`, `docker-compose`, `docker`."""
    block = table.get(manager)
    if not isinstance(block, dict):
        return []
    changes = keys.changes_of(block, f"{path}: {manager}", notes)
    rules = [UpdateRule(changes, kinds=kinds, source=path)] if changes else []
    for axis, inner in keys.axis_blocks(block):
        changes = keys.changes_of(inner, f"{path}: {manager}.{axis}", notes)
        axes = frozenset((Axis[axis.upper()],))
        rules.append(UpdateRule(changes, kinds=kinds, axes=axes, source=path))
    return rules


def _paths(table: Mapping[str, Any], path: str) -> list[UpdateRule]:
    """Read which files are left alone."""
    rules = []
    ignored = texts(table.get("ignorePaths"))
    if ignored:
        files = tuple(glob for one in ignored for glob in _globs(one))
        rules.append(UpdateRule({"enabled": False}, files=files, source=path))
    included = texts(table.get("includePaths"))
    if included:
        files = tuple(glob for one in included for glob in _globs(one))
        rules.append(UpdateRule({"enabled": False}, files=("**",), source=path))
        rules.append(UpdateRule({"enabled": True}, files=files, source=path))
    return rules


def _globs(pattern: str) -> tuple[str, ...]:
    """Read a path: Renovate takes it as a glob, or as the beginning of a path."""
    return pattern, f"{pattern.rstrip('/')}/**"
