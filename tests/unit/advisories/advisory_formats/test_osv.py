"""OSV records of every database, by the rules that each of them has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.advisories.advisory_formats import osv
from bedplate.advisories.record import LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import AffectedPackage, Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

EVERY = bool  # every namespace, none of which is empty


def read(document: Any, name: str = "a.json") -> list[Any]:
    return list(osv.records(name, json.dumps(document).encode(), EVERY))


def one(document: dict[str, Any]) -> Record:
    (record,) = read(document)
    assert isinstance(record, Record), record
    return record


def package(affected: dict[str, Any], **fields: Any) -> AffectedPackage:
    (found,) = one({"id": "GHSA-1", "affected": [affected], **fields}).affected
    return found


def entry(ecosystem: str, name: str, *events: dict[str, str], **fields: Any) -> dict[str, Any]:
    return {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}] if events else [],
        **fields,
    }


def since(version: str) -> dict[str, str]:
    return {"introduced": version}


def fixed(version: str) -> dict[str, str]:
    return {"fixed": version}


@pytest.mark.parametrize(
    ("events", "ranges"),
    [
        ([since("0"), fixed("1.2")], [VersionRange("0", "1.2")]),
        ([since("0")], [VersionRange()]),
        (
            [since("1.0"), {"last_affected": "1.4"}, since("2.0"), fixed("2.1")],
            [VersionRange("1.0", last_affected="1.4"), VersionRange("2.0", "2.1")],
        ),
        # the order of versions counts, not that of the file: 1.9 < 1.10
        (
            [fixed("1.10.2"), since("1.10.0"), fixed("1.9.1"), since("1.9.0")],
            [VersionRange("1.9.0", "1.9.1"), VersionRange("1.10.0", "1.10.2")],
        ),
        ([since("2.0"), fixed("2.1"), since("0"), fixed("1.1")], None),
        ([since("0"), {"limit": "3.0"}], [VersionRange("0", "3.0")]),
        ([since("0"), fixed("1.0"), {"limit": "*"}], [VersionRange("0", "1.0")]),
    ],
)
def test_events_become_intervals(
    events: list[dict[str, str]], ranges: list[VersionRange] | None
) -> None:
    wanted = ranges or [VersionRange("2.0", "2.1"), VersionRange("0", "1.1")]
    assert list(package(entry("npm", "tar", *events)).ranges) == wanted


def test_a_range_that_ends_before_it_begins() -> None:
    inverted = since("1.32.0"), fixed("1.31.1-r20")
    assert package(entry("Alpine:v3.20", "busybox", *inverted)).ranges == (
        VersionRange("0", "1.31.1-r20"),
    )
    (left,) = read({"id": "GHSA-1", "affected": [entry("npm", "a", since("2.0"), fixed("1.0"))]})
    assert isinstance(left, LeftOut)


@pytest.mark.parametrize(
    ("cap", "wanted"),
    [
        ("<= 3.0.0", VersionRange("0", last_affected="3.0.0")),
        ("< 4.0.0", VersionRange("0", "4.0.0")),
        ("nonsense", VersionRange()),
    ],
)
def test_github_caps_what_has_no_fix(cap: str, wanted: VersionRange) -> None:
    said = {"last_known_affected_version_range": cap}
    assert package(entry("npm", "a", since("0"), database_specific=said)).ranges == (wanted,)
    closed = entry("npm", "a", since("0"), fixed("2.0"), database_specific=said)
    assert package(closed).ranges == (VersionRange("0", "2.0"),)


def test_go_s_own_ranges_win_and_those_without_an_end_are_doubtful() -> None:
    custom = {"custom_ranges": [{"type": "ECOSYSTEM", "events": [since("0"), fixed("1.9.0")]}]}
    ended = package(entry("Go", "k8s.io/x", since("0"), ecosystem_specific=custom))
    assert (ended.ranges, ended.qualifiers) == ((VersionRange("0", "1.9.0"),), ())
    endless = package(entry("Go", "k8s.io/x", since("0")))
    assert endless.qualifiers == (("confidence", "low"),)


def test_go_systems_count_only_when_every_import_has_them() -> None:
    def goos(*imports: dict[str, Any]) -> dict[str, str]:
        said = {"imports": list(imports)}
        found = package(entry("Go", "stdlib", since("0"), fixed("1.2"), ecosystem_specific=said))
        return dict(found.qualifiers)

    assert goos({"path": "os", "goos": ["windows"]}) == {"goos": "windows"}
    assert goos({"path": "os", "goos": ["windows"]}, {"path": "net"}) == {}


def test_listed_versions_stay_where_no_range_covers_them() -> None:
    said = entry("PyPI", "Foo.Bar", since("1.0"), fixed("2.0"), versions=["0.9", "1.5", "2.0"])
    assert package(said).versions == ("0.9", "2.0")
    assert package(entry("PyPI", "foo", versions=["1.0"])).versions == ("1.0",)
    release = entry("Alpine:v3.20", "xz", since("0"), fixed("5.6-r1"), versions=["5.5-r0"])
    assert package(release).versions == ()


@pytest.mark.parametrize(
    ("ecosystem", "namespace", "qualifiers"),
    [
        ("Debian:12", "deb:debian:12", ()),
        ("Ubuntu:24.04:LTS", "deb:ubuntu:24.04", ()),
        ("Ubuntu:25.10", "deb:ubuntu:25.10", ()),
        ("Ubuntu:Pro:22.04:LTS", "deb:ubuntu:22.04", (("pro", "esm"),)),
        ("Ubuntu:Pro:FIPS:20.04:LTS", "deb:ubuntu:20.04", (("pro", "fips"),)),
        ("Alpine:v3.22", "apk:alpine:3.22", ()),
        ("Alpine:edge", "apk:alpine:edge", ()),
        ("Red Hat:enterprise_linux:9::baseos", "rpm:rhel:9", (("repository", "baseos"),)),
        ("Red Hat:enterprise_linux:8", "rpm:rhel:8", ()),
        ("AlmaLinux:9", "rpm:almalinux:9", ()),
        ("Rocky Linux:9", "rpm:rocky:9", ()),
        ("Amazon Linux:2023", "rpm:amazon:2023", ()),
        ("Wolfi", "apk:wolfi", ()),
        ("Bitnami", "bitnami", ()),
        ("NuGet", "nuget", ()),
        ("crates.io", "cargo", ()),
        ("openssl-upstream", "cpe", ()),
    ],
)
def test_ecosystems_lead_to_namespaces(
    ecosystem: str, namespace: str, qualifiers: tuple[tuple[str, str], ...]
) -> None:
    found = package(entry(ecosystem, "x", since("0"), fixed("2")))
    assert (found.namespace, found.qualifiers) == (namespace, qualifiers)


@pytest.mark.parametrize(
    "ecosystem", ["Red Hat:rhel_eus:9.2::baseos", "Debian", "Alpine", "Haskell", "Ubuntu", "", ":"]
)
def test_what_is_no_ecosystem_of_ours_is_left_out(ecosystem: str) -> None:
    (left,) = read({"id": "X-1", "affected": [entry(ecosystem, "x", since("0"))]})
    assert isinstance(left, LeftOut)


def test_runtimes_have_the_names_that_images_show() -> None:
    def of(ecosystem: str, name: str, runtime: str) -> tuple[str, str]:
        said = entry(ecosystem, name, since("0"), database_specific={"runtime": runtime})
        found = package(said)
        return found.namespace, found.name

    assert of("cpe", "python:python", "cpython") == ("runtime", "python")
    assert of("cpe", "oracle:openjdk", "openjdk") == ("runtime", "java")
    assert of("cpe", "nginx:nginx", "nginx") == ("cpe", "nginx")
    ruby = package(entry("ruby-runtime", "ruby", since("4.0"), fixed("4.0.5")))
    assert (ruby.namespace, ruby.name) == ("runtime", "ruby")


def test_psf_records_name_tags_of_cpython_and_no_package() -> None:
    git = {"type": "GIT", "events": [since("0"), fixed("abc")]}
    record = one({"id": "PSF-2024-9", "affected": [{"ranges": [git], "versions": ["v3.12.0"]}]})
    assert record.affected == (AffectedPackage("runtime", "python", versions=("3.12.0",)),)


def test_node_s_ranges_lose_what_is_patched() -> None:
    said = {"vulnerable": "14.x || 16.x || 12.x", "patched": "^14.20.1 || ^16.17.1"}
    document = {
        "id": "NODE-CORE-1",
        "aliases": ["CVE-2022-1"],
        "affected": [entry("node-runtime", "node", database_specific=said)],
        "database_specific": {"affectedEnvironments": ["win32"]},
    }
    (found,) = one(document).affected
    assert found.ranges[:2] == (
        VersionRange("14.0.0", "14.20.1"),
        VersionRange("16.0.0", "16.17.1"),
    )
    assert (found.ranges[2].introduced, found.ranges[2].fixed) == ("12.0.0", "")
    assert (found.name, found.qualifiers) == ("node", (("os", "win32"),))


@pytest.mark.parametrize(
    ("ecosystem", "fields", "status"),
    [
        ("Debian:12", {"ecosystem_specific": {"urgency": "unimportant"}}, Status.UNIMPORTANT),
        ("Debian:11", {"ecosystem_specific": {"urgency": "end-of-life"}}, Status.END_OF_LIFE),
        ("Debian:11", {"ecosystem_specific": {"urgency": "low"}}, Status.AFFECTED),
        (
            "Ubuntu:24.04:LTS",
            {"ecosystem_specific": {"status": "needs-triage"}},
            Status.UNDER_INVESTIGATION,
        ),
        ("Ubuntu:24.04:LTS", {"ecosystem_specific": {"status": "ignored"}}, Status.WILL_NOT_FIX),
        ("Ubuntu:24.04:LTS", {"ecosystem_specific": {"status": "deferred"}}, Status.DEFERRED),
        ("Ubuntu:24.04:LTS", {"ecosystem_specific": {"status": "needed"}}, Status.AFFECTED),
        ("Ubuntu:24.04:LTS", {"ecosystem_specific": {"status": "DNE"}}, Status.NOT_AFFECTED),
        (
            "Red Hat:enterprise_linux:9",
            {"ecosystem_specific": {"fix_state": "Will not fix"}},
            Status.WILL_NOT_FIX,
        ),
        (
            "Red Hat:enterprise_linux:9",
            {"ecosystem_specific": {"fix_state": "Out of support scope"}},
            Status.END_OF_LIFE,
        ),
        ("Alpine:v3.20", {"database_specific": {"status": "not_affected"}}, Status.NOT_AFFECTED),
    ],
)
def test_states_of_distributions(ecosystem: str, fields: dict[str, Any], status: Status) -> None:
    found = package(entry(ecosystem, "x", since("0"), **fields))
    assert found.status is status
    assert bool(found.ranges) is (status is not Status.NOT_AFFECTED)


def test_red_hat_s_states_need_no_range() -> None:
    said = {"fix_state": "Affected"}
    found = package(entry("Red Hat:enterprise_linux:9", "curl", ecosystem_specific=said))
    assert (found.status, found.ranges) == (Status.AFFECTED, ())


def test_an_erratum_has_vulnerabilities_and_no_aliases() -> None:
    affected = [entry("Red Hat:enterprise_linux:9::baseos", "x", since("0"), fixed("0:1-2.el9"))]
    related = ["CVE-2024-1", "CVE-2024-10000", "CVE-2024-20000", "RHSA-2024:9"]
    record = one({"id": "RHSA-2024:1", "related": related, "affected": affected})
    assert (record.advisory.cves, record.advisory.aliases) == (
        ("CVE-2024-10000", "CVE-2024-20000"),
        (),
    )
    assert record.advisory.feed == "redhat"


def test_a_related_id_is_no_alias() -> None:
    affected = [entry("npm", "x", since("0"))]
    record = one(
        {
            "id": "GHSA-1",
            "aliases": ["CVE-2024-10000", "SNYK-1"],
            "related": ["CVE-2024-20000"],
            "affected": affected,
        }
    )
    assert record.advisory.cves == ("CVE-2024-10000",)
    assert record.advisory.aliases == ("SNYK-1",)


def test_a_distribution_s_record_is_its_own_whatever_the_id() -> None:
    affected = [entry("Alpine:v3.20", "x", since("0"), fixed("1-r0"))]
    assert one({"id": "GHSA-1", "affected": affected}).advisory.feed == "alpine"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"id": "GHSA-1", "withdrawn": "2024-01-01T00:00:00Z"}, "withdrawn"),
        ({"id": "GHSA-1", "summary": "Duplicate Advisory: something"}, "withdrawn"),
        ({"id": "MAL-2024-1"}, "malicious"),
        ({"id": "ALBA-2024:1"}, "without a vulnerability"),
        ({"id": "RUSTSEC-1", "database_specific": {"informational": "unsound"}}, "notices"),
    ],
)
def test_records_that_are_no_vulnerability(document: dict[str, Any], reason: str) -> None:
    (left,) = read({**document, "affected": [entry("npm", "x", since("0"))]})
    assert isinstance(left, LeftOut)
    assert reason in left.reason


def test_gravity_is_read_with_its_source() -> None:
    vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    four = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N"
    severity = [
        {"type": "CVSS_V3", "score": vector},
        {"type": "CVSS_V4", "score": four},
        {"type": "CVSS_V3", "score": "nonsense"},
        {"type": "Ubuntu", "score": "negligible"},
        {"type": "RedHat", "score": None},
    ]
    record = one(
        {
            "id": "GHSA-1",
            "severity": severity,
            "affected": [entry("npm", "x", since("0"))],
            "database_specific": {"severity": "MODERATE"},
        }
    )
    three, second, ubuntu, word = record.advisory.ratings
    assert three == Rating("ghsa", Level.CRITICAL, 9.8, vector)
    assert (second.source, second.vector) == ("ghsa", four)
    assert ubuntu == Rating("ubuntu", Level.NEGLIGIBLE)
    assert word == Rating("ghsa", Level.MEDIUM)


def test_a_broken_record_is_skipped_and_its_neighbours_are_read() -> None:
    good = json.dumps({"id": "GHSA-1", "affected": [entry("npm", "x", since("0"))]})
    lines = [good, '{"id": 5}', "{", good.replace("GHSA-1", "GHSA 1"), good]
    found = list(osv.records("a.jsonl", "\n".join(lines).encode(), EVERY))
    assert [type(item) for item in found] == [Record, Skipped, Skipped, Skipped, Record]
    assert found[1].what == "a.jsonl:2"


def test_a_list_of_records() -> None:
    good = {"id": "GHSA-1", "affected": [entry("npm", "x", since("0"))]}
    assert [type(item) for item in read([good, 7, good])] == [Record, Skipped, Record]
    with pytest.raises(InvalidDocument):
        list(osv.records("a.json", b'[{"id": "GHSA-1"}, ', EVERY))


def test_bounds_on_events_versions_and_packages() -> None:
    events = [since("1"), fixed("2")] * 4_000
    many = [entry("npm", "x", since("0"))] * 20_001
    for affected in ([entry("npm", "x", *events)], many):
        (skipped,) = read({"id": "GHSA-1", "affected": affected})
        assert isinstance(skipped, Skipped)
        assert "too many" in skipped.reason


def test_a_record_cut_off_anywhere_is_skipped() -> None:
    whole = json.dumps({"id": "GHSA-1", "affected": [entry("npm", "x", since("0"))]}).encode()
    for length in range(1, len(whole)):
        (item,) = osv.records("a.json", whole[:length], EVERY)
        assert isinstance(item, Skipped)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {"id": st.text(max_size=12)},
        optional=dict.fromkeys(
            ("affected", "aliases", "severity", "database_specific", "withdrawn"), json_values
        ),
    )
)
def test_no_json_makes_it_fall_over(document: dict[str, Any]) -> None:
    assert len(read(document)) == 1


@given(
    st.lists(
        st.sampled_from(["introduced", "fixed", "last_affected", "limit"]).flatmap(
            lambda kind: st.builds(
                lambda version: {kind: version},
                st.sampled_from(["0", "1.0", "1.5", "2.0-1", "x y", "~", "3:1"]),
            )
        ),
        max_size=8,
    ),
    st.sampled_from(["npm", "Debian:12", "PyPI", "Go", "Maven", "RubyGems"]),
)
def test_any_events_give_intervals_with_one_end_at_most(
    events: list[dict[str, str]], ecosystem: str
) -> None:
    for item in read({"id": "X-1", "affected": [entry(ecosystem, "x", *events)]}):
        if isinstance(item, Record):
            for interval in item.affected[0].ranges:
                assert not (interval.fixed and interval.last_affected)
                assert interval.introduced
