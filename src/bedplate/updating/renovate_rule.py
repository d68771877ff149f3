"""One entry of Renovate's `packageRules` -> rules of ours, or a note why there are none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from bedplate.model.skipped import Skipped
from bedplate.model.tag_choice import Axis
from bedplate.model.update_policy import UpdateRule
from bedplate.updating import renovate_keys as keys
from bedplate.updating.foreign_values import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONDITIONS = frozenset(
    {"matchDatasources", "matchManagers", "matchPackageNames", "matchPackagePatterns"}
    | {"matchPackagePrefixes", "matchDepNames", "matchDepPatterns", "matchUpdateTypes"}
    | {"matchFileNames", "matchPaths", "excludePackageNames", "excludePackagePatterns"}
    | {"matchCategories", "matchDepTypes"}
)
# conditions of old versions: a rule must not hold for everything because we don't know its name
_OLD_CONDITIONS = frozenset(
    {"packageNames", "packagePatterns", "packagePrefixes", "languages", "updateTypes"}
    | {"depTypeList", "datasources", "managers", "paths", "baseBranchList", "sourceUrlPrefixes"}
)
_IMAGE_TYPES = frozenset({"final", "stage", "image", "docker", "service", "service-image"})


class _Names(NamedTuple):
    """Glob patterns of names that are meant, and of those that are not."""

    meant: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()


def read_rule(row: Any, place: str, path: str, notes: list[Skipped]) -> list[UpdateRule]:
    """Read a rule; none where it is about other things than images, or can't be checked."""
    if not isinstance(row, dict) or _is_about_others(row):
        return []
    unknown = [
        key
        for key in row
        if key in _OLD_CONDITIONS
        or (key.startswith(("match", "exclude")) and key not in _CONDITIONS)
    ]
    names = _names(row)
    if unknown or isinstance(names, str):
        what = ", ".join(unknown) or str(names)
        notes.append(Skipped(place, f"left out: {what[:100]} can't be checked"))
        return []
    axes, pins = keys.axes_of(row.get("matchUpdateTypes"))
    if "matchUpdateTypes" in row and not axes and not pins:
        return []
    notes += keys.not_honoured(
        {key: value for key, value in row.items() if key not in _CONDITIONS}, place
    )
    changes = keys.changes_of(row, place, notes)
    kinds = keys.kinds_of(row.get("matchManagers"))
    files = texts(row.get("matchFileNames")) or texts(row.get("matchPaths"))
    if pins and not axes:
        changes = {"pin_digests": None} if changes.get("enabled") is False else {}
    rule = UpdateRule(
        changes,
        images=names.meant,
        but=names.not_meant,
        files=files,
        kinds=kinds,
        axes=axes,
        reason=_reason(row),
        source=path,
    )
    return [rule for rule in (rule, *_of_axes(rule, row, place, notes)) if rule.changes]


def _of_axes(
    rule: UpdateRule, row: Mapping[str, Any], place: str, notes: list[Skipped]
) -> Iterator[UpdateRule]:
    """Read what stands in a rule under the name of a kind of update."""
    for name, block in keys.axis_blocks(row):
        changes = keys.changes_of(block, f"{place}: {name}", notes)
        yield replace(rule, changes=changes, axes=frozenset((Axis[name.upper()],)))


def _is_about_others(row: Mapping[str, Any]) -> bool:
    sources = texts(row.get("matchDatasources"))
    if sources and "docker" not in sources and not any(one.startswith("!") for one in sources):
        return True
    managers = texts(row.get("matchManagers"))
    if managers and not any(one in keys.MANAGERS for one in managers):
        return True
    categories = texts(row.get("matchCategories"))
    if categories and not {"docker", "kubernetes", "ci"} & set(categories):
        return True
    types = texts(row.get("matchDepTypes"))
    return bool(types) and not _IMAGE_TYPES & set(types)


def _names(row: Mapping[str, Any]) -> _Names | str:
    """Give the names that a rule is about, or the pattern that can't be read."""
    meant: list[str] = []
    but: list[str] = []
    for key in ("matchPackageNames", "matchDepNames"):
        for one in texts(row.get(key)):
            word, target = (one[1:], but) if one.startswith("!") else (one, meant)
            glob = _glob(word[1:-1]) if _is_regex(word) else word.replace("**", "*")
            if glob is None:
                return word
            target.append(glob)
    meant += (f"{one}*" for one in texts(row.get("matchPackagePrefixes")))
    but += texts(row.get("excludePackageNames"))
    for key, target in (
        ("matchPackagePatterns", meant),
        ("matchDepPatterns", meant),
        ("excludePackagePatterns", but),
    ):
        for one in texts(row.get(key)):
            glob = _glob(one)
            if glob is None:
                return one
            target.append(glob)
    return _Names(tuple(meant), tuple(but))


def _is_regex(word: str) -> bool:
    return len(word) > 1 and word[0] == word[-1] == "/"


def _glob(expression: str) -> str | None:
    """Write a simple regular expression as a glob pattern; None for any other."""
    if expression in (".*", "*"):
        return "*"
    match = re.fullmatch(r"(\^?)((?:[\w/-]|\\?\.\*|\\[./-])*)(\$?)", expression)
    if match is None:
        return None
    middle = match[2].replace(".*", "*").replace("\\", "")
    return f"{'' if match[1] else '*'}{middle}{'' if match[3] else '*'}"


def _reason(row: Mapping[str, Any]) -> str:
    said = row.get("description")
    line = " ".join(texts(said)) if isinstance(said, list) else said
    return " ".join(line.split())[:200] if isinstance(line, str) else ""
