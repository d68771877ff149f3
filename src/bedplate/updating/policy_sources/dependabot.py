"""dependabot.yml: its entries for docker, docker-compose and helm.

Source: GitHub's documentation, "Dependabot options reference".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.model.skipped import Skipped
from bedplate.model.tag_choice import Axis
from bedplate.model.update_policy import UpdatePolicy, UpdateRule, UpdateSettings
from bedplate.updating.dependabot_schedule import windows_of
from bedplate.updating.foreign_values import as_range, people, texts
from bedplate.updating.plain_values import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "dependabot"
PLACES: tuple[str, ...] = (".github/dependabot.yml", ".github/dependabot.yaml")
_KINDS = {
    "docker": ("dockerfile", "kubernetes", "helm-values"),
    "docker-compose": ("compose",),
    "helm": ("helm-values",),
    "devcontainers": (),
}
_TYPES = {
    "version-update:semver-major": Axis.MAJOR,
    "version-update:semver-minor": Axis.MINOR,
    "version-update:semver-patch": Axis.PATCH,
    "major": Axis.MAJOR,
    "minor": Axis.MINOR,
    "patch": Axis.PATCH,
}
_NOT_HONOURED = ("milestone", "pull-request-branch-name", "multi-ecosystem-group")
_COOLDOWNS = {"semver-major-days": Axis.MAJOR, "semver-minor-days": Axis.MINOR}
_COOLDOWNS |= {"semver-patch-days": Axis.PATCH}


def read(path: str, text: str, /) -> UpdateSettings:
    """Read a configuration of Dependabot; one without images says nothing."""
    entries = read_yaml(path, text).get("updates")
    mine = [
        one
        for one in (entries if isinstance(entries, list) else ())
        if isinstance(one, dict) and _KINDS.get(str(one.get("package-ecosystem")))
    ]
    if not mine:
        return UpdateSettings()
    notes: list[Skipped] = []
    rules = [rule for n, one in enumerate(mine, 1) for rule in _rules(one, path, n, notes)]
    limits = [one["open-pull-requests-limit"] for one in mine if _has_limit(one)]
    bases = {one["target-branch"] for one in mine if isinstance(one.get("target-branch"), str)}
    if len(bases) > 1:
        notes.append(Skipped(f"{path}: target-branch", "only one branch is updated"))
    prefix = next(filter(None, map(_prefix, mine)), "")
    return UpdateSettings(
        UpdatePolicy(enabled=False),
        tuple(rules),
        open_requests=sum(limits) if limits else 5 * len(mine),
        base=bases.pop() if len(bases) == 1 else "",
        title_prefix=prefix,
        sources=(path,),
        skipped=tuple(notes),
    )


def _has_limit(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry.get("open-pull-requests-limit"), int)


def _prefix(entry: Mapping[str, Any]) -> str:
    said = entry.get("commit-message")
    word = said.get("prefix") if isinstance(said, dict) else None
    if not isinstance(word, str) or not word.strip():
        return ""
    # Dependabot puts a colon behind a word, and leaves brackets as they are
    return f"{word} " if word.rstrip()[-1] in ":])" else f"{word.strip()}: "


def _rules(
    entry: Mapping[str, Any], path: str, number: int, notes: list[Skipped]
) -> Iterator[UpdateRule]:
    place = f"{path}: updates {number}"
    kinds, files = _KINDS[str(entry["package-ecosystem"])], _files(entry)

    def rule(changes: Mapping[str, Any], **more: Any) -> UpdateRule:
        return UpdateRule(changes, kinds=kinds, files=files, source=path, **more)

    changes: dict[str, Any] = {"enabled": True}
    for key in ("labels", "assignees"):
        if found := texts(entry.get(key)):
            changes[key] = found
    if reviewers := texts(entry.get("reviewers")):
        changes |= people(reviewers)
    schedule = entry.get("schedule")
    windows = windows_of(schedule if isinstance(schedule, dict) else {})
    if windows is None:
        notes.append(Skipped(f"{place}: schedule", "not understood"))
    else:
        changes["schedule"] = windows
    notes += (Skipped(f"{place}: {key}", "not honoured") for key in _NOT_HONOURED if key in entry)
    if excluded := texts(entry.get("exclude-paths")):
        yield rule(changes)
        yield UpdateRule({"enabled": False}, kinds=kinds, files=excluded, source=path)
    else:
        yield rule(changes)
    yield from _allowed(entry, rule)
    yield from _cooldown(entry, rule)
    yield from _groups(entry, rule)
    yield from _ignored(entry, rule, place, notes)


def _files(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the files of the folders, of which Dependabot reads no deeper ones."""
    folders = texts(entry.get("directories")) or (str(entry.get("directory", "/")),)
    return tuple(f"{one.strip('/')}/*".lstrip("/") for one in folders)


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else ()


def _allowed(entry: Mapping[str, Any], rule: Any) -> Iterator[UpdateRule]:
    rows = [row for row in _rows(entry.get("allow")) if isinstance(row.get("dependency-name"), str)]
    if rows:
        yield rule({"enabled": False}, but=tuple(row["dependency-name"] for row in rows))


def _cooldown(entry: Mapping[str, Any], rule: Any) -> Iterator[UpdateRule]:
    table = entry.get("cooldown")
    if not isinstance(table, dict):
        return
    names = {"images": texts(table.get("include")), "but": texts(table.get("exclude"))}
    days = table.get("default-days")
    if isinstance(days, int):
        yield rule({"minimum_age": float(days)}, **names)
    for key, axis in _COOLDOWNS.items():
        if isinstance(table.get(key), int):
            yield rule({"minimum_age": float(table[key])}, axes=frozenset((axis,)), **names)


def _groups(entry: Mapping[str, Any], rule: Any) -> Iterator[UpdateRule]:
    groups = entry.get("groups")
    for name, table in groups.items() if isinstance(groups, dict) else ():
        if not isinstance(table, dict) or table.get("applies-to") == "security-updates":
            continue
        axes = frozenset(_TYPES[one] for one in texts(table.get("update-types")) if one in _TYPES)
        yield rule(
            {"group": name},
            images=texts(table.get("patterns")),
            but=texts(table.get("exclude-patterns")),
            axes=axes,
        )


def _ignored(
    entry: Mapping[str, Any], rule: Any, place: str, notes: list[Skipped]
) -> Iterator[UpdateRule]:
    for row in _rows(entry.get("ignore")):
        images = _names(row.get("dependency-name"))
        types = texts(row.get("update-types"))
        versions = texts(row.get("versions")) or _names(row.get("versions"))
        axes = frozenset(_TYPES[one] for one in types if one in _TYPES)
        if axes:
            yield rule({"enabled": False}, images=images, axes=axes)
        ranges = [as_range(re.sub(r"\.[a-z](?=\s|,|\Z)", "", one)) for one in versions]
        for one, said in zip(ranges, versions, strict=True):
            if one:
                yield rule({"ignored": (one,)}, images=images)
            else:
                notes.append(Skipped(f"{place}: ignore {said[:60]!r}", "not a range that is read"))
        if not types and not versions and images:
            yield rule({"enabled": False}, images=images)


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
