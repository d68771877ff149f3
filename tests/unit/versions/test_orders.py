"""Versions in the order in which each packaging system has them."""

from __future__ import annotations

from itertools import product

import pytest

from bedplate import versions
from bedplate.errors import InvalidVersion
from bedplate.versions.schemes import SCHEMES

ORDERS = [
    (
        "deb",
        (
            "1.0~~a < 1.0~rc1 < 1.0 = 0:1.0 = 1.0-0 < 1.0-1~deb12u1 < 1.0-1 < 1.0-1+b1 < 1.0a "
            "< 1.0+dfsg-1 < 1.0.1 < 1.0.10 = 1.0.010 < 1:0.1"
        ),
    ),
    ("deb", "0~rc1 < 0 = 0-0 < 0-0.1 < 0.a"),
    ("deb", "2.36-9+deb12u4 < 2.36-9+deb12u10 < 2.36-10 < 2.37~1-1 < 2.37-1"),
    (
        "apk",
        (
            "1.0_alpha < 1.0_alpha1 < 1.0_beta2 < 1.0_pre < 1.0_rc1 < 1.0 < 1.0-r0 < 1.0-r10 "
            "< 1.0~ab12 < 1.0_cvs < 1.0_git20240101 < 1.0_p1 < 1.0a < 1.0.0 < 1.0.05 < 1.0.1 < 1.00"
        ),
    ),
    ("apk", "3.1.4-r5 < 3.1.7-r1 < 3.1.10-r0 < 3.2"),
    ("apk", "4_beta < 23_foo < 23 < 23.1"),
    (
        "rpm",
        (
            "1.0~rc1-1 < 1.0 < 1.0-1 < 1.0-1.el9 < 1.0-1.el9_2 < 1.0-10 < 1.0^git1-1 "
            "< 1.0.a-1 = 1.0a-1 < 1.0.1-1 = 1.0.01-1 < 1:0.1-1"
        ),
    ),
    ("rpm", "3.0.7-24.el9 < 3.0.7-25.el9_3 < 1:3.0.1-1.el9"),
    (
        "semver",
        (
            "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta.2 < 1.0.0-beta.11 "
            "< 1.0.0-rc.1 < 1.0.0 = v1.0.0 = 1 = 1.0.0+build < 1.0.1 < 1.10.0"
        ),
    ),
    ("npm", "1.2.3beta = 1.2.3-beta = v1.2.3-beta = =1.2.3-beta < 1.2.3 < 1.2.10"),
    ("nuget", "1.0.0-ALPHA = 1.0.0-alpha < 1.0.0-Beta < 1.0 = 1.0.0.0 < 1.0.0.1"),
    (
        "pep440",
        (
            "0.1-bulbasaur < 0.9.rev < 1.0.dev1 < 1.0a1 < 1.0b2 < 1.0rc1 = 1.0c1 < 1.0 = 1.0.0 "
            "< 1.0+local < 1.0.post1 < 1.1 < 1!0.1"
        ),
    ),
    ("gem", "1.0.a1 = 1.0.a.1 < 1.0.a10 < 1.0.b1 < 1.0.pre < 1.0 = 1 = 1.0.0 < 1.0.1.a < 1.0.1"),
    ("gem", "1.a.b < 1.a.0.b < 1.a = 1.a.0 < 1.a.0.1 < 1.a.1 < 1-1 < 1"),
    (
        "maven",
        (
            "1-alpha-1 = 1a1 < 1-beta-2 < 1-milestone-1 = 1m1 < 1-rc1 = 1-CR1 < 1-SNAPSHOT "
            "< 1 = 1.0 = 1-ga = 1.0.0.Final = 1.0-RELEASE = 1- < 1-sp < 1.0-jre8 < 1-1 < 1.0.1"
        ),
    ),
    (
        "go",
        (
            "go1.20rc1 < go1.20 = 1.20.0 < go1.20.14 < go1.21 < go1.21rc2 = 1.21.0-rc.2 < v1.21.0 "
            "= go1.21.0-vendor < 1.22.0-0 < go1.22rc1 < go1.22.0 < go1.22.10"
        ),
    ),
    (
        "go",
        (
            "v0.0.0-20190308221718-c2843e01d9a2 < v0.0.0-20200220183623-bac4c82f6975 "
            "< v0.17.0-rc.1 < v0.17.0 < 2.0.0+incompatible = v2.0.0"
        ),
    ),
    (
        "composer",
        (
            "dev-main < 1.0-dev < 1.0-alpha1 = 1.0.0a1 < 1.0.0-beta2 < 1.0-RC1 "
            "< 1.0 = v1.0.0.0 = 1.0-stable < 1.0-p1 = 1.0.0pl1 < 1.0.1 < 1.x-dev < 2.0"
        ),
    ),
    (
        "generic",
        (
            "1.2-dev < 1.2-alpha1 < 1.2-beta2 < 1.2-rc1 < 1.2 = v1.2 = jdk-1.2 = 1.2+build "
            "< 1.2a < 1.2.1 < 1.10"
        ),
    ),
]
REFUSED = [
    ("deb", "1.0-"),
    ("deb", "1 2"),
    ("deb", "x:1"),
    ("deb", "0:"),
    ("apk", "unknown"),
    ("apk", "b1"),
    ("rpm", "  "),
    ("semver", "1.2.3beta"),
    ("semver", "latest"),
    ("npm", "not a version"),
    ("nuget", "1.0.0-"),
    ("pep440", "1.0 beta"),
    ("pep440", "***"),
    ("gem", "1.0_1"),
    ("gem", "junk"),
    ("maven", ""),
    ("go", "(devel)"),
    ("go", "devel go1.25-abcdef"),
    ("composer", "1.0 beta"),
    ("composer", "--"),
    ("generic", "unknown"),
]


@pytest.mark.parametrize(("scheme", "text"), ORDERS, ids=lambda value: value[:20])
def test_versions_stand_in_this_order(scheme: str, text: str) -> None:
    ranked = [("", 0)]
    words = text.split()
    for sign, version in zip(["=", *words[1::2]], words[::2], strict=True):
        ranked.append((version, ranked[-1][1] + (sign == "<")))
    for (a, place_of_a), (b, place_of_b) in product(ranked[1:], repeat=2):
        expected = (place_of_a > place_of_b) - (place_of_a < place_of_b)
        assert versions.compare(scheme, a, b) == expected, f"{a} and {b}"


def test_every_scheme_has_an_order_to_keep() -> None:
    assert {scheme for scheme, _ in ORDERS} == set(SCHEMES)


@pytest.mark.parametrize(("scheme", "version"), REFUSED)
def test_what_is_no_version_is_refused_and_named(scheme: str, version: str) -> None:
    with pytest.raises(InvalidVersion) as caught:
        versions.compare(scheme, version, "1.0")
    assert repr(version) in str(caught.value)


def test_experiments_of_a_go_toolchain_do_not_count() -> None:
    assert versions.compare("go", "go1.22.1 X:boringcrypto", "go1.22.1") == 0


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("pypi", "pep440"),
        ("PyPI", "pep440"),
        ("packagist", "composer"),
        ("Debian:12", "deb"),
        ("Alpine:v3.22", "apk"),
        ("wolfi", "apk"),
        ("Red Hat:enterprise_linux:9::baseos", "rpm"),
        ("rpm:rhel:9", "rpm"),
        ("golang", "go"),
        ("crates.io", "semver"),
        ("RubyGems", "gem"),
        ("NuGet", "nuget"),
    ],
)
def test_ecosystems_and_distributions_find_their_scheme(name: str, scheme: str) -> None:
    assert scheme == versions.scheme(name).NAME


def test_an_unknown_scheme_is_said() -> None:
    with pytest.raises(InvalidVersion, match="no version scheme 'morse'"):
        versions.compare("morse", "1", "2")
