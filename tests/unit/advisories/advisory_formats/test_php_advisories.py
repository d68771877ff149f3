"""FriendsOfPHP's files."""

from __future__ import annotations

import pytest

from bedplate.advisories.advisory_formats import php_advisories
from bedplate.advisories.record import Record
from bedplate.model.advisory import Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

TEXT = """\
title: Sessions outlive a logout
link: https://example.test/a
cve: CVE-2024-10001
branches:
    1.x:
        time: 2024-01-02 10:00:00
        versions: ['<1.4.9']
    "2.x":
        time: ~
        versions: ['>=2.0.0', '<=2.3.1']
    fork:
        versions: ['3.0.0']
reference: composer://acme/session
"""


def read(text: str, name: str = "acme/session/2024-01-02.yaml") -> Record | Skipped:
    assert php_advisories.claims(name, text.encode())
    (item,) = php_advisories.records(name, text.encode(), bool)
    assert isinstance(item, Record | Skipped)
    return item


def test_a_file_is_one_vulnerability_with_an_interval_for_each_branch() -> None:
    record = read(TEXT)
    assert isinstance(record, Record)
    assert (record.advisory.id, record.advisory.cves) == ("CVE-2024-10001", ("CVE-2024-10001",))
    (package,) = record.affected
    assert (package.namespace, package.name) == ("composer", "acme/session")
    assert package.ranges == (
        VersionRange("0", "1.4.9"),
        VersionRange("2.0.0", last_affected="2.3.1"),
    )
    assert (package.versions, package.status) == (("3.0.0",), Status.FIXED)


def test_without_a_cve_the_file_names_it() -> None:
    record = read(TEXT.replace("CVE-2024-10001", "~"))
    assert isinstance(record, Record)
    assert (record.advisory.id, record.advisory.cves) == ("acme/session/2024-01-02", ())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("'<1.4.9'", "'newer'"),
        ("['<1.4.9']", "[]"),
        ("composer://acme/session", "composer://"),
        ("cve: CVE", "cve: [CVE"),
    ],
)
def test_what_is_wrong_is_skipped(good: str, bad: str) -> None:
    assert isinstance(read(TEXT.replace(good, bad)), Skipped)
