"""Ignore entries: findings that somebody answers for, with a reason and, best, an end."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration
from bedplate.matching.purl import covers, parse_purl
from bedplate.model.finding import Suppression
from bedplate.model.want import compile_glob
from bedplate.registry.toml_table import TomlTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bedplate.model.finding import Finding
    from bedplate.model.package import Package

_WHAT = ("id", "package", "purl", "path")
_FIELDS = (*_WHAT, "reason", "owner", "expires")
_MAX_GLOB = 500


@dataclass(frozen=True, slots=True)
class IgnoreEntry:
    """One entry; what it names must all fit.

    Args:
        id: glob of vulnerability ids; empty for any.
        package: glob of names of packages or their source packages; empty for any.
        purl: package URL, or a glob of one; empty for any.
        path: glob of the files that name the package; empty for any.
        reason: why; never empty.
        owner: who answers for it; empty when not told.
        expires: ISO date of the last day on which it holds; empty for never.
        source: the file that says so.
    """

    reason: str
    id: str = ""
    package: str = ""
    purl: str = ""
    path: str = ""
    owner: str = ""
    expires: str = ""
    source: str = ""

    @property
    def title(self) -> str:
        """What it is about, for people."""
        return " ".join(part for part in (self.id, self.package, self.purl, self.path) if part)


def read_ignores(text: str, name: str) -> tuple[IgnoreEntry, ...]:
    """Read an ignore file: an array of tables `[[ignore]]`.

    Args:
        text: TOML.
        name: of the file, for messages.

    Raises:
        InvalidConfiguration: not TOML, an unknown field, an entry without a reason, or one
            that names nothing.
    """
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidConfiguration(f"{name}: not TOML: {error}") from error
    TomlTable(document, name).refuse_others(("ignore",))
    return ignores_of(document.get("ignore", []), name)


def ignores_of(tables: object, name: str) -> tuple[IgnoreEntry, ...]:
    """Read entries that stand in a file for more: `[[scan.ignore]]` of bedplate.toml.

    Args:
        tables: the decoded array.
        name: of the file, for messages.

    Raises:
        InvalidConfiguration: as for `read_ignores`.
    """
    return tuple(_entry(table) for table in _dated(tables, name))


def _dated(tables: object, name: str) -> list[TomlTable]:
    """Let dates be written without quotes."""
    if isinstance(tables, list):
        tables = [_plain(row) if isinstance(row, dict) else row for row in tables]
    return TomlTable({"ignore": tables}, name).tables("ignore")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat()[:10] if isinstance(value, dt.date) else value
        for key, value in row.items()
    }


def _entry(table: TomlTable) -> IgnoreEntry:
    table.refuse_others(_FIELDS)
    fields = {field: table.text(field).strip() for field in _FIELDS}
    if not fields["reason"]:
        raise table.refuse("reason", "is missing: say why these findings do not count")
    if not any(fields[field] for field in _WHAT):
        raise table.refuse("id", f"is missing: name at least one of {', '.join(_WHAT)}")
    for field in _WHAT:
        if len(fields[field]) > _MAX_GLOB:
            raise table.refuse(field, f"must be at most {_MAX_GLOB} characters")
    if fields["expires"]:
        try:
            dt.date.fromisoformat(fields["expires"])
        except ValueError:
            raise table.refuse("expires", "must be a date such as 2027-01-31") from None
    return IgnoreEntry(**fields, source=table.name)


def apply_ignores(
    findings: Iterable[Finding], entries: Sequence[IgnoreEntry], today: dt.date
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Mark the findings that entries name.

    Args:
        findings: as matched; those that are suppressed already stay as they are.
        entries: of all files; the first that fits counts.
        today: an entry holds up to its last day.

    Returns:
        the findings, and a warning for each entry that is over and would still fit.
    """
    day = today.isoformat()
    marked: list[Finding] = []
    over: dict[IgnoreEntry, None] = {}
    for finding in findings:
        if finding.suppression is not None:
            marked.append(finding)
            continue
        fitting = [entry for entry in entries if _fits(entry, finding)]
        live = [entry for entry in fitting if not entry.expires or entry.expires >= day]
        over.update(dict.fromkeys(entry for entry in fitting if entry not in live))
        marked.append(_ignored(finding, live[0]) if live else finding)
    return tuple(marked), tuple(
        f"{entry.source}: the entry for {entry.title} ended on {entry.expires} and holds no more"
        for entry in over
    )


def _ignored(finding: Finding, entry: IgnoreEntry) -> Finding:
    suppression = Suppression("ignore", entry.reason, entry.source, entry.owner, entry.expires)
    return replace(finding, suppression=suppression)


def _fits(entry: IgnoreEntry, finding: Finding) -> bool:
    """Tell whether an entry names a finding, which it does only with all of its packages."""
    if entry.id and not any(
        _glob(entry.id.upper())(one.upper()) for one in (finding.vulnerability, *finding.aliases)
    ):
        return False
    by_source = bool(entry.package) and _glob(entry.package)(finding.component)
    return all(
        (not entry.package or by_source or _glob(entry.package)(package.name))
        and (not entry.purl or _is_purl(entry.purl, package))
        and (not entry.path or _is_below(entry.path, package.location))
        for package in finding.packages
    )


def _is_purl(text: str, package: Package) -> bool:
    pattern = None if "*" in text else parse_purl(text)
    return covers(pattern, package) if pattern else bool(_glob(text)(package.purl))


def _is_below(pattern: str, path: str) -> bool:
    """Match a path; `folder/**` is everything in a folder."""
    glob = f"{pattern}/*" if pattern.endswith("/**") else pattern
    return compile_glob(glob.lstrip("/")).fullmatch(path.lstrip("/")) is not None


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> Callable[[str], object]:
    return re.compile(translate(pattern)).match
