"""Errata in the repositories of rpm distributions."""

from __future__ import annotations

import pytest

from bedplate.advisories.advisory_formats import updateinfo
from bedplate.advisories.record import LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange


def erratum(
    name: str = "ALAS2023-2024-500", kind: str = "security", title: str = "", packages: str = ""
) -> str:
    packages = packages or (
        '<package arch="x86_64" epoch="1" name="curl" version="8.5" release="1.amzn2023"/>'
        '<package arch="aarch64" epoch="1" name="curl" version="8.5" release="1.amzn2023"/>'
        '<package arch="x86_64" epoch="0" name="libcurl" version="8.5" release="1.amzn2023"/>'
    )
    return f"""<update type="{kind}"><id>{name}</id><title>{title}</title>
<issued date="2024-01-22 20:01:00"/><severity>medium</severity>
<references><reference id="CVE-2024-10001" type="cve"/>
<reference id="99" title="CVE-2024-10002 curl: a fault" type="bugzilla"/></references>
<pkglist><collection><name>{title}</name>{packages}</collection></pkglist></update>"""


def read(*errata: str) -> list[object]:
    content = f"<?xml version='1.0'?><updates>{''.join(errata)}</updates>".encode()
    assert updateinfo.claims("x-updateinfo.xml", content)
    return list(updateinfo.records("x-updateinfo.xml", content, bool))


@pytest.mark.parametrize(
    ("name", "title", "namespace", "feed"),
    [
        ("ALAS2023-2024-500", "", "rpm:amazon:2023", "amazon"),
        ("ALAS2-2024-500", "", "rpm:amazon:2", "amazon"),
        ("ALAS-2024-500", "Amazon Linux 2 - curl", "rpm:amazon:2", "amazon"),
        ("FEDORA-2024-0a1b2c", "Fedora 40", "rpm:fedora:40", "fedora"),
    ],
)
def test_an_erratum(name: str, title: str, namespace: str, feed: str) -> None:
    (record,) = read(erratum(name, title=title))
    assert isinstance(record, Record)
    assert (record.advisory.id, record.advisory.feed) == (name, feed)
    assert record.advisory.cves == ("CVE-2024-10001", "CVE-2024-10002")
    assert (record.advisory.published, record.advisory.ratings) == (
        "2024-01-22",
        (Rating(feed, Level.MEDIUM),),
    )
    assert [(one.namespace, one.name, one.status, one.ranges) for one in record.affected] == [
        (namespace, "curl", Status.FIXED, (VersionRange(fixed="1:8.5-1.amzn2023"),)),
        (namespace, "libcurl", Status.FIXED, (VersionRange(fixed="8.5-1.amzn2023"),)),
    ]


def test_others_are_left_out_and_broken_ones_skipped() -> None:
    found = read(
        erratum(kind="bugfix"),
        erratum("ALAS-2024-1", title="Amazon Linux AMI"),
        erratum(packages='<package name="" version="1"/>'),
        erratum(name="a b"),
        erratum(),
    )
    assert [type(one) for one in found] == [LeftOut, LeftOut, Skipped, Skipped, Record]


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "b">]><updates><update /></updates>',
        b"<updates><update type='security'>",
    ],
)
def test_entities_and_documents_that_are_cut_off(content: bytes) -> None:
    with pytest.raises(InvalidDocument):
        list(updateinfo.records("a.xml", content, bool))
