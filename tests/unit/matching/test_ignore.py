from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidConfiguration
from bedplate.matching.ignore import apply_ignores, ignores_of, read_ignores
from bedplate.testing.sample_scan import sample_findings

TODAY = dt.date(2026, 1, 10)
OPENSSL = sample_findings()[0]
TAR = next(one for one in sample_findings() if one.component == "tar")


def silenced(entry: str) -> list[str]:
    """Give the components whose findings an entry takes out of the count."""
    text = f'[[ignore]]\nreason = "because"\n{entry}'
    found, _ = apply_ignores((OPENSSL, TAR), read_ignores(text, "ignore.toml"), TODAY)
    return [one.component for one in found if one.suppression is not None]


@pytest.mark.parametrize(
    ("entry", "components"),
    [
        ('id = "CVE-2025-9230"', ["openssl"]),
        ('id = "cve-2025-9*"', ["openssl"]),
        ('id = "DEBIAN-CVE-2025-9230"', ["openssl"]),
        ('package = "openssl"', ["openssl"]),
        ('package = "lib*"', []),  # one of two packages is not all of them
        ('package = "tar"', ["tar"]),
        ('purl = "pkg:npm/tar"', ["tar"]),
        ('purl = "pkg:npm/tar@6.2.1"', ["tar"]),
        ('purl = "pkg:npm/tar@6.2.2"', []),
        ('purl = "pkg:deb/debian/*"', ["openssl"]),
        ('path = "usr/local/lib/node_modules/npm/**"', ["tar"]),
        ('path = "/usr/local/**/tar/package.json"', ["tar"]),
        ('path = "opt/**"', []),
        ('id = "CVE-*"\npackage = "curl"', []),
    ],
)
def test_what_an_entry_names(entry: str, components: list[str]) -> None:
    assert silenced(entry) == components


def test_an_entry_says_who_answers_and_until_when() -> None:
    text = (
        '[[ignore]]\nid = "CVE-*"\nreason = "not reachable"\nowner = "platform team"\n'
        "expires = 2026-01-10\n"
    )
    (found,), warnings = apply_ignores((OPENSSL,), read_ignores(text, "ignore.toml"), TODAY)
    assert found.suppression is not None
    assert (found.suppression.owner, found.suppression.expires) == ("platform team", "2026-01-10")
    assert (found.suppression.by, found.suppression.source) == ("ignore", "ignore.toml")
    assert not warnings


def test_an_entry_that_is_over_is_told_and_holds_no_more() -> None:
    text = '[[ignore]]\nid = "CVE-*"\nreason = "later"\nexpires = "2026-01-09"\n'
    entries = read_ignores(text, "ignore.toml")
    (found,), (warning,) = apply_ignores((OPENSSL,), entries, TODAY)
    assert found.suppression is None
    assert "ended on 2026-01-09" in warning
    assert (
        apply_ignores((replace(OPENSSL, vulnerability="X", aliases=()),), entries, TODAY)[1] == ()
    )


@pytest.mark.parametrize(
    "text",
    [
        "ignore",
        '[[ignore]]\nid = "CVE-1"',
        '[[ignore]]\nreason = "x"',
        '[[ignore]]\nid = "CVE-1"\nreason = " "',
        '[[ignore]]\nid = "CVE-1"\nreason = "x"\nexpires = "soon"',
        '[[ignore]]\nid = "CVE-1"\nreason = "x"\nuntil = "2027-01-01"',
        '[[ignore]]\nid = 1\nreason = "x"',
        '[ignore]\nid = "CVE-1"\nreason = "x"',
        "other = 1",
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(InvalidConfiguration, match=r"ignore\.toml"):
        read_ignores(text, "ignore.toml")


def test_entries_may_stand_in_the_configuration() -> None:
    (entry,) = ignores_of([{"id": "CVE-1", "reason": "x"}], "bedplate.toml")
    assert entry.source == "bedplate.toml"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_ignores(text, "ignore.toml")
    except InvalidConfiguration:
        return
