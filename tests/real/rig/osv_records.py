"""OSV records in a few words, and packages to hold against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.model.package import Package

if TYPE_CHECKING:
    from bedplate.matching.matching import MatchResult
    from bedplate.model.finding import Finding


def affected(ecosystem: str, name: str, *events: str, **extra: Any) -> dict[str, Any]:
    """Write `>=1.0`, `<1.2`, `<=1.3` as events; no event at all: every version."""
    kinds = {">=": "introduced", "<=": "last_affected", "<": "fixed"}
    listed = []
    for event in events or (">=0",):
        sign = event[:2] if event[1] == "=" else event[:1]
        listed.append({kinds[sign]: event[len(sign) :]})
    if "introduced" not in listed[0]:
        listed.insert(0, {"introduced": "0"})
    package = {"ecosystem": ecosystem, "name": name}
    return {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": listed}], **extra}


def record(name: str, *packages: dict[str, Any], **extra: Any) -> dict[str, Any]:
    return {"id": name, "modified": "2026-01-01T00:00:00Z", "affected": list(packages), **extra}


def deb(name: str, version: str, source: str = "", built: str = "", **extra: Any) -> Package:
    distro = extra.pop("distro", "debian-12")
    purl = f"pkg:deb/{distro.partition('-')[0]}/{name}@{version}?distro={distro}"
    return Package(
        "deb", name, version, source_name=source, source_version=built, purl=purl, **extra
    )


def apk(name: str, version: str, origin: str = "", distro: str = "alpine-3.20.3") -> Package:
    purl = f"pkg:apk/alpine/{name}@{version}?distro={distro}"
    return Package("apk", name, version, source_name=origin, source_version=version, purl=purl)


def rpm(name: str, version: str, source: str = "", **extra: Any) -> Package:
    distro, label = extra.pop("distro", "rhel-9.6"), extra.pop("module", "")
    purl = f"pkg:rpm/redhat/{name}@{version}?distro={distro}"
    purl += f"&modularitylabel={label}" if label else ""
    return Package("rpm", name, version, source_name=source or name, purl=purl, **extra)


def ids(result: MatchResult) -> list[str]:
    return sorted(finding.vulnerability for finding in result.findings)


def only(result: MatchResult) -> Finding:
    (finding,) = result.findings
    return finding
