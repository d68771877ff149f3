"""ruby-advisory-db: one YAML file for each vulnerability of a gem or a Ruby engine.

Source: github.com/rubysec/ruby-advisory-db, README.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.advisories.gem_ranges import vulnerable_ranges
from bedplate.advisories.identifiers import split_names, usable
from bedplate.advisories.levels import level_of_score
from bedplate.advisories.namespaces import RUNTIME
from bedplate.advisories.record import LeftOut, Record
from bedplate.advisories.yaml_document import load_mapping
from bedplate.errors import InvalidVersion
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.rating import Rating
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "ruby-advisories"
_FEED = "rubysec"


def claims(name: str, head: bytes) -> bool:
    """Tell an advisory by its ending and by its name for the package."""
    named = head.startswith((b"gem:", b"engine:")) or b"\ngem:" in head or b"\nengine:" in head
    return name.endswith((".yml", ".yaml")) and named


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Record | LeftOut | Skipped]:
    """Read the advisory of a file."""
    try:
        yield _record(name, load_mapping(content))
    except (ValueError, RecursionError, InvalidVersion) as error:
        yield Skipped(name, " ".join(str(error).split())[:200])


def _record(name: str, said: dict[str, Any]) -> Record | LeftOut:
    engine, gem = said.get("engine"), said.get("gem")
    package = engine or gem
    if not isinstance(package, str) or not usable(package):
        raise ValueError("no name of a package")
    if engine and engine != "ruby":
        return LeftOut("engines other than Ruby")
    cves, others = split_names(_names(said))
    stem = name.rpartition("/")[2].rpartition(".")[0]
    ranges = vulnerable_ranges(
        [*_texts(said.get("patched_versions")), *_texts(said.get("unaffected_versions"))]
    )
    status = Status.FIXED if any(item.fixed for item in ranges) else Status.AFFECTED
    advisory = Advisory(
        id=cves[0] if cves else (others[0] if others else stem),
        feed=_FEED,
        cves=cves,
        aliases=others,
        published=str(said.get("date") or "")[:10],
        ratings=_ratings(said),
    )
    namespace = RUNTIME if engine else "gem"
    return Record(advisory, (AffectedPackage(namespace, package, status, ranges),))


def _names(said: dict[str, Any]) -> list[str]:
    """List the ids; the prefix is left out in the files."""
    prefixes = {"cve": "CVE", "ghsa": "GHSA", "osvdb": "OSVDB"}
    return [f"{prefix}-{said[field]}" for field, prefix in prefixes.items() if said.get(field)]


def _ratings(said: dict[str, Any]) -> tuple[Rating, ...]:
    for field in ("cvss_v4", "cvss_v3", "cvss_v2"):
        score = said.get(field)
        if isinstance(score, int | float) and 0 <= score <= 10:
            return (Rating(_FEED, level_of_score(score), float(score)),)
    return ()


def _texts(listed: Any) -> list[str]:
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ValueError("versions that are no list of texts")
    return listed
