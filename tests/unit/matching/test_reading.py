from __future__ import annotations

import pytest

from bedplate.matching.reading import CVSS, VENDOR, choose
from bedplate.model.rating import Level, Rating

V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P"
NVD = Rating("nvd", Level.CRITICAL, 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
GHSA = Rating("ghsa", Level.HIGH, 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H")
DEBIAN = Rating("debian", Level.LOW)


@pytest.mark.parametrize(
    ("namespace", "reading", "counts"),
    [
        ("deb:debian:12", VENDOR, DEBIAN),
        ("deb:debian:12", CVSS, NVD),
        ("deb:ubuntu:24.04", VENDOR, NVD),
        ("npm", VENDOR, GHSA),
        ("pypi", CVSS, NVD),
    ],
)
def test_who_counts(namespace: str, reading: str, counts: Rating) -> None:
    assert choose((GHSA, NVD, DEBIAN), namespace, reading) == counts
    assert choose((DEBIAN, NVD, GHSA), namespace, reading) == counts


def test_a_vendors_own_scale_before_its_score() -> None:
    scored = Rating("redhat", Level.HIGH, 7.5, GHSA.vector)
    impact = Rating("redhat", Level.MEDIUM)
    assert choose((scored, impact), "rpm:rhel:9", VENDOR) == impact
    assert choose((scored, impact), "rpm:rhel:9", CVSS) == scored


def test_the_newest_version_of_cvss_and_version_two_last() -> None:
    old = Rating("nvd", Level.HIGH, 7.5, V2)
    newest = Rating("nvd", Level.MEDIUM, 6.9, "CVSS:4.0/AV:N")
    assert choose((NVD, newest), "npm", CVSS) == newest
    assert choose((old, GHSA), "npm", CVSS) == GHSA
    assert choose((old,), "npm", CVSS) == old


def test_nobody_says_anything() -> None:
    assert choose((), "npm", VENDOR) is None
    assert choose((Rating("nvd", Level.UNKNOWN),), "npm", VENDOR) is None
    assert choose((DEBIAN,), "deb:debian:12", CVSS) is None
    assert choose((DEBIAN,), "npm", VENDOR) == DEBIAN
