"""The Debian tracker's JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.advisories.advisory_formats import debian_tracker
from bedplate.advisories.record import Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import AffectedPackage, Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

EVERY = bool  # every namespace, none of which is empty


def document(**release: Any) -> bytes:
    entry = {"scope": "remote", "releases": {"bookworm": {"repositories": {}, **release}}}
    return json.dumps({"openssl": {"CVE-2024-9143": entry}}).encode()


def state(**release: Any) -> AffectedPackage:
    (record,) = debian_tracker.records("json", document(**release), EVERY)
    assert isinstance(record, Record)
    assert record.advisory.id == "DEBIAN-CVE-2024-9143"
    assert record.advisory.cves == ("CVE-2024-9143",)
    return record.affected[0]


@pytest.mark.parametrize(
    ("release", "status", "fixed"),
    [
        ({"status": "resolved", "fixed_version": "3.0.15-1"}, Status.FIXED, "3.0.15-1"),
        (
            {"status": "resolved", "fixed_version": "1", "urgency": "unimportant"},
            Status.UNIMPORTANT,
            "1",
        ),
        ({"status": "open", "urgency": "not yet assigned"}, Status.AFFECTED, ""),
        ({"status": "open", "urgency": "unimportant"}, Status.UNIMPORTANT, ""),
        ({"status": "open", "urgency": "end-of-life"}, Status.END_OF_LIFE, ""),
        ({"status": "open", "nodsa": "Minor issue", "nodsa_reason": ""}, Status.DEFERRED, ""),
        ({"status": "open", "nodsa": "x", "nodsa_reason": "postponed"}, Status.DEFERRED, ""),
        ({"status": "open", "nodsa": "x", "nodsa_reason": "ignored"}, Status.WILL_NOT_FIX, ""),
        ({"status": "undetermined"}, Status.UNDER_INVESTIGATION, ""),
    ],
)
def test_states(release: dict[str, Any], status: Status, fixed: str) -> None:
    found = state(**release)
    assert (found.namespace, found.name, found.status) == ("deb:debian:12", "openssl", status)
    assert [interval.fixed for interval in found.ranges] == [fixed]


def test_a_fix_in_version_0_means_never_affected() -> None:
    found = state(status="resolved", fixed_version="0", urgency="unimportant")
    assert (found.status, found.ranges) == (Status.NOT_AFFECTED, ())


def test_urgency_is_kept_without_its_stars() -> None:
    assert state(status="open", urgency="low**").qualifiers == (("urgency", "low"),)


def test_an_open_one_ends_where_unstable_has_the_fix_but_has_none_itself() -> None:
    releases = {
        "bookworm": {"status": "open"},
        "sid": {"status": "resolved", "fixed_version": "3.3.2-1"},
    }
    content = json.dumps({"openssl": {"CVE-2024-9143": {"releases": releases}}}).encode()
    (record,) = debian_tracker.records("json", content, EVERY)
    assert isinstance(record, Record)
    assert record.affected[0] == AffectedPackage(
        "deb:debian:12",
        "openssl",
        Status.AFFECTED,
        (VersionRange("0", "3.3.2-1"),),
        (),
        (("no-fix", "3.3.2-1"),),
    )


def test_releases_go_by_number_and_unknown_ones_are_passed_over() -> None:
    releases = {name: {"status": "open"} for name in ("trixie", "sid", "nobody", "bullseye")}
    content = json.dumps({"a": {"TEMP-0-1": {"releases": releases}}}).encode()
    (record,) = debian_tracker.records("json", content, EVERY)
    assert isinstance(record, Record)
    assert [package.namespace for package in record.affected] == [
        *("deb:debian:13", "deb:debian:sid", "deb:debian:11"),
    ]
    assert record.advisory.cves == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"CVE-2024-1": {"releases": {"bookworm": {"status": 5}}}},
        {"CVE-2024-1": {"releases": {"bookworm": {"status": "odd"}}}},
        {"CVE 2024": {"releases": {}}},
        ["no CVEs"],
    ],
)
def test_a_broken_entry_is_skipped_and_the_others_are_read(broken: Any) -> None:
    good = {"CVE-2024-2": {"releases": {"bookworm": {"status": "open"}}}}
    content = json.dumps({"a": broken, "b": good}).encode()
    found = list(debian_tracker.records("json", content, EVERY))
    assert [type(item) for item in found] == [Skipped, Record]


def test_a_document_cut_off_anywhere_is_refused() -> None:
    whole = document(status="open")
    for length in range(len(whole)):
        with pytest.raises(InvalidDocument, match="not the tracker's data"):
            list(debian_tracker.records("json", whole[:length], EVERY))
