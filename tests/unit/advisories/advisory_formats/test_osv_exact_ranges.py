"""Where databases put the exact versions, and what ends a range without fixing anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.advisories.advisory_formats import osv
from bedplate.advisories.record import Record
from bedplate.model.advisory import AffectedPackage, Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange


def packages(*documents: dict[str, Any]) -> list[AffectedPackage]:
    lines = "\n".join(json.dumps(one) for one in documents).encode()
    found = list(osv.records("records.jsonl", lines, bool))
    assert all(isinstance(one, Record) for one in found), found
    return [package for one in found if isinstance(one, Record) for package in one.affected]


def document(ecosystem: str, name: str, *events: dict[str, str], **extra: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
    }
    return {"id": "CVE-2026-1000", "affected": [affected | extra]}


PATCHED = {"patched_versions": ["~> 2.4.20", "> 3.1"], "unaffected_versions": ["< 2.0"]}


@pytest.mark.parametrize("place", ["record", "package"])
def test_requirements_of_gems_win_over_what_was_made_of_them(place: str) -> None:
    said = {"database_specific": PATCHED}
    in_package = said if place == "package" else {}
    one = document("RubyGems", "rack", {"introduced": "0"}, **in_package)
    (found,) = packages(one if in_package else one | said)
    assert found.ranges == (VersionRange("2.0", "2.4.20"), VersionRange("2.5", "3.1.0.1"))
    # 3.1.0.1 was never published
    assert (found.status, found.qualifiers) == (Status.FIXED, (("no-fix", "3.1.0.1"),))


def test_the_same_for_ruby_itself_and_for_nonsense() -> None:
    said = {"database_specific": {"patched_versions": ["~> 3.3.9", ">= 3.4.5"]}}
    (ruby,) = packages(document("ruby-runtime", "ruby", {"introduced": "0"}, **said))
    assert ruby.ranges == (VersionRange("0", "3.3.9"), VersionRange("3.4", "3.4.5"))
    said = {"database_specific": {"patched_versions": ["newer"]}}
    line = json.dumps(document("RubyGems", "rack", {"introduced": "0"}, **said)).encode()
    (skipped,) = osv.records("a.json", line, bool)
    assert isinstance(skipped, Skipped)


def seen(version: str, day: str, field: str = "installed") -> dict[str, Any]:
    said = {field: version, "seen" if field == "installed" else "date": day}
    return document("Debian:12", "curl", {"introduced": "0"}, database_specific=said)


@pytest.mark.parametrize("field", ["installed", "vulnerable_at"])
def test_what_the_newest_scan_no_longer_saw_ends_where_it_was_seen(field: str) -> None:
    old, new = packages(seen("7.88-1", "2026-01-01", field), seen("7.88-2", "2026-03-01", field))
    assert old.ranges == (VersionRange("0", last_affected="7.88-1"),)
    assert new.ranges == (VersionRange(),)


def test_scans_of_another_release_say_nothing() -> None:
    other = seen("8.14-1", "2026-05-01")
    other["affected"][0]["package"]["ecosystem"] = "Debian:13"
    (first, _) = packages(seen("7.88-1", "2026-01-01"), other)
    assert first.ranges == (VersionRange(),)


def test_a_line_of_versions_ends_before_the_next_line() -> None:
    said = {"introduced": "4.0"}, {"fixed": "4.*"}, {"introduced": "20.0.0"}, {"fixed": "20.19.4"}
    (found,) = packages(document("node-runtime", "node", *said))
    assert found.ranges == (VersionRange("4.0", "5"), VersionRange("20.0.0", "20.19.4"))
    assert (found.status, found.qualifiers) == (Status.FIXED, (("no-fix", "5"),))
    (found,) = packages(
        document("node-runtime", "node", {"introduced": "0"}, {"last_affected": "4.1.x"})
    )
    assert (found.ranges, found.status) == ((VersionRange("0", "4.2"),), Status.AFFECTED)


def test_a_cap_is_no_fix() -> None:
    said = {"last_known_affected_version_range": "< 4.0.0"}
    (found,) = packages(document("npm", "a", {"introduced": "0"}, database_specific=said))
    assert found.ranges == (VersionRange("0", "4.0.0"),)
    assert (found.status, found.qualifiers) == (Status.AFFECTED, (("no-fix", "4.0.0"),))
