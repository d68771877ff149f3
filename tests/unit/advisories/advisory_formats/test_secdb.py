"""Secdb of Alpine, Wolfi and Chainguard."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.advisories.advisory_formats import secdb
from bedplate.advisories.record import Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Status
from bedplate.model.skipped import Skipped

EVERY = bool  # every namespace, none of which is empty


def document(fixes: Any, **fields: Any) -> bytes:
    head = {"distroversion": "v3.22", "reponame": "main", "urlprefix": "https://a.example"}
    packages = [{"pkg": {"name": "openssl", "secfixes": fixes}}]
    return json.dumps({**head, "packages": packages, **fields}).encode()


def read(fixes: Any, **fields: Any) -> list[Record]:
    found = list(secdb.records("main.json", document(fixes, **fields), EVERY))
    assert all(isinstance(item, Record) for item in found), found
    return [item for item in found if isinstance(item, Record)]


def test_a_fix_and_what_never_was_affected() -> None:
    fixed, never = read({"3.3.7-r2": ["CVE-2026-84784"], "0": ["CVE-2023-4807"]})
    assert fixed.advisory.id == "ALPINE-CVE-2026-84784"
    assert fixed.advisory.cves == ("CVE-2026-84784",)
    (package,) = fixed.affected
    assert (package.namespace, package.name, package.status, package.ranges[0].fixed) == (
        *("apk:alpine:3.22", "openssl", Status.FIXED, "3.3.7-r2"),
    )
    assert (never.affected[0].status, never.affected[0].ranges) == (Status.NOT_AFFECTED, ())


@pytest.mark.parametrize(
    ("line", "cves", "aliases"),
    [
        ("CVE-2017-2616 (+ regression fix)", ("CVE-2017-2616",), ()),
        ("CVE_2019-13012", ("CVE-2019-13012",), ()),
        ("XSA-326 CVE-2020-15563", ("CVE-2020-15563",), ("XSA-326",)),
        ("GHSA-7jvp-hj45-2f2m", (), ("GHSA-7jvp-hj45-2f2m",)),
        ("CVE-2026-100070", ("CVE-2026-100070",), ()),
    ],
)
def test_dirty_ids(line: str, cves: tuple[str, ...], aliases: tuple[str, ...]) -> None:
    (record,) = read({"1-r0": [line]})
    assert (record.advisory.cves, record.advisory.aliases) == (cves, aliases)


def test_a_line_without_an_id_is_told() -> None:
    items = list(secdb.records("main.json", document({"1-r0": ["a bug", "CVE-2020-1234"]}), EVERY))
    assert [type(item) for item in items] == [Skipped, Record]


def test_one_record_holds_every_package_of_a_vulnerability() -> None:
    packages = [
        {"pkg": {"name": name, "secfixes": {"1-r0": ["CVE-2020-1234"]}}} for name in ("a", "b")
    ]
    (record,) = read({}, packages=packages)
    assert [package.name for package in record.affected] == ["a", "b"]


@pytest.mark.parametrize(
    ("fields", "namespace", "feed"),
    [
        ({"distroversion": "edge"}, "apk:alpine:edge", "alpine"),
        ({"distroversion": "v3.9"}, "apk:alpine:3.9", "alpine"),
        (
            {"urlprefix": "https://packages.wolfi.dev", "distroversion": ""},
            "apk:wolfi",
            "wolfi",
        ),
        (
            {"urlprefix": "https://packages.cgr.dev", "distroversion": ""},
            "apk:chainguard",
            "chainguard",
        ),
    ],
)
def test_whose_it_is(fields: dict[str, str], namespace: str, feed: str) -> None:
    (record,) = read({"1-r0": ["CVE-2020-1234"]}, **fields)
    assert (record.affected[0].namespace, record.advisory.feed) == (namespace, feed)


def test_nobody_s_secdb_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="no distribution"):
        list(secdb.records("x.json", document({}, distroversion="trixie"), EVERY))


@pytest.mark.parametrize("fixes", [None, {}, {"1-r0": None}])
def test_no_fixes(fixes: Any) -> None:
    assert read(fixes) == []


def test_a_broken_package_is_skipped() -> None:
    packages = [{"pkg": {"name": 5}}, {"pkg": {"name": "a", "secfixes": {"1": ["CVE-2020-1234"]}}}]
    items = list(secdb.records("main.json", document({}, packages=packages), EVERY))
    assert [type(item) for item in items] == [Skipped, Record]


def test_a_document_cut_off_anywhere_is_refused() -> None:
    whole = document({"1-r0": ["CVE-2020-1234"]})
    for length in range(len(whole)):
        with pytest.raises(InvalidDocument):
            list(secdb.records("main.json", whole[:length], EVERY))
