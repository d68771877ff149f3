"""FriendsOfPHP: one YAML file for each vulnerability of a Composer package.

Source: github.com/FriendsOfPHP/security-advisories, README, "Contributing".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.advisories.identifiers import split_names, usable
from bedplate.advisories.record import LeftOut, Record
from bedplate.advisories.yaml_document import load_mapping
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "php-advisories"
_FEED = "friendsofphp"
_NAMESPACE = "composer"
_REFERENCE = "composer://"
_MAX_BRANCHES = 500
_BOUND = re.compile(r"\s*(>=|<=|==?|>|<)?\s*v?([0-9][0-9A-Za-z.+-]{0,99})\s*")


def claims(name: str, head: bytes) -> bool:
    """Tell an advisory by its ending and by its reference to a Composer package."""
    return name.endswith((".yml", ".yaml")) and b"reference:" in head and b"composer://" in head


def records(name: str, content: bytes, wanted: Wanted) -> Iterator[Record | LeftOut | Skipped]:
    """Read the advisory of a file."""
    if not wanted(_NAMESPACE):
        yield LeftOut("records of other packages")
        return
    try:
        yield _record(name, load_mapping(content))
    except (ValueError, RecursionError) as error:
        yield Skipped(name, " ".join(str(error).split())[:200])


def _record(name: str, said: dict[str, Any]) -> Record:
    package = str(said.get("reference") or "").strip().removeprefix(_REFERENCE)
    if not usable(package) or "/" not in package:
        raise ValueError("no name of a package")
    cves, _ = split_names([str(said["cve"])] if said.get("cve") else [])
    stem = name.rpartition("/")[2].rpartition(".")[0]
    identity = cves[0] if cves else f"{package}/{stem}"
    if not usable(identity):
        raise ValueError("an id that is none")
    ranges, versions = _vulnerable(said.get("branches"))
    status = Status.FIXED if any(one.fixed for one in ranges) else Status.AFFECTED
    affected = AffectedPackage(_NAMESPACE, package, status, ranges, versions)
    return Record(Advisory(identity, _FEED, cves), (affected,))


def _vulnerable(branches: Any) -> tuple[tuple[VersionRange, ...], tuple[str, ...]]:
    """Give an interval for each branch, and versions that are named one by one."""
    if not isinstance(branches, dict) or not 0 < len(branches) <= _MAX_BRANCHES:
        raise ValueError("no branches")
    ranges: list[VersionRange] = []
    versions: list[str] = []
    for branch in branches.values():
        listed = branch.get("versions") if isinstance(branch, dict) else None
        if not isinstance(listed, list) or not listed:
            raise ValueError("a branch without versions")
        bounds = dict(_bound(one) for one in listed)
        if "=" in bounds:
            versions.append(bounds["="])
        else:
            ranges.append(
                VersionRange(
                    bounds.get(">=") or bounds.get(">") or "0",
                    bounds.get("<", ""),
                    "" if "<" in bounds else bounds.get("<=", ""),
                )
            )
    return tuple(ranges), tuple(sorted(versions))


def _bound(text: Any) -> tuple[str, str]:
    found = _BOUND.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(f"not a bound of versions: {text!r:.80}")
    return (found[1] or "=")[:2].replace("==", "="), found[2]
