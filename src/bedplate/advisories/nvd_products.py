"""Products of the NVD's configurations that are language runtimes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import RUNTIME
from bedplate.advisories.osv_ranges import after_line
from bedplate.model.advisory import AffectedPackage, Status
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from bedplate.advisories.nvd_document import Configuration, CpeMatch

# vendor and product of a CPE name -> runtime
_RUNTIMES = {
    ("deno", "deno"): "deno",
    ("erlang", "erlang/otp"): "erlang",
    ("golang", "go"): "go",
    ("microsoft", ".net"): "dotnet",
    ("nodejs", "node.js"): "node",
    ("oracle", "openjdk"): "java",
    ("perl", "perl"): "perl",
    ("php", "php"): "php",
    ("python", "python"): "python",
    ("ruby-lang", "ruby"): "ruby",
    ("rust-lang", "rust"): "rust",
}
_ANY = {"*", "-", ""}
_MAX_MATCHES = 20_000


def packages_of(configurations: list[Configuration]) -> tuple[AffectedPackage, ...]:
    """Give the runtimes with their vulnerable versions, sorted by name.

    Args:
        configurations: of one CVE.

    Raises:
        ValueError: more matches than bedplate will read.
    """
    matches = [
        match
        for configuration in configurations
        for node in configuration.nodes
        if not node.negate
        for match in node.cpe_match
        if match.vulnerable
    ]
    if len(matches) > _MAX_MATCHES:
        raise ValueError("too many products")
    ranges: dict[str, list[VersionRange]] = {}
    versions: dict[str, set[str]] = {}
    for match in matches:
        name, version = _product(match.criteria)
        if not name:
            continue
        if version:
            versions.setdefault(name, set()).add(version)
            ranges.setdefault(name, [])
        else:
            ranges.setdefault(name, []).append(_range(match))
    return tuple(
        _package(name, tuple(found), tuple(sorted(versions.get(name, ()))))
        for name, found in sorted(ranges.items())
    )


def _package(
    name: str, ranges: tuple[VersionRange, ...], versions: tuple[str, ...]
) -> AffectedPackage:
    status = Status.FIXED if any(one.fixed for one in ranges) else Status.AFFECTED
    endless = any(not one.fixed and not one.last_affected for one in ranges)
    qualifiers = (("confidence", "low"),) if endless else ()
    return AffectedPackage(RUNTIME, name, status, ranges, versions, qualifiers)


def _product(criteria: str) -> tuple[str, str]:
    """Read a CPE name: the runtime, empty for another product, and its version if it has one.

    Source: NIST IR 7695, section 6.2 (formatted string).
    """
    parts = [part.replace("\\", "") for part in re.split(r"(?<!\\):", criteria)]
    if len(parts) < 7 or parts[2] != "a":
        return "", ""
    name = _RUNTIMES.get((parts[3], parts[4]), "")
    version = "" if parts[5] in _ANY else parts[5]
    update = "" if parts[6] in _ANY else parts[6]
    return name, f"{version}{update}" if version else ""


def _range(match: CpeMatch) -> VersionRange:
    # a beginning that is itself not vulnerable is not worth a noun of its own: such matches
    # name the last version of the branch before
    start = match.version_start_including or match.version_start_excluding or "0"
    if match.version_end_excluding:
        return VersionRange(start, after_line(match.version_end_excluding))
    return VersionRange(start, last_affected=match.version_end_including)
