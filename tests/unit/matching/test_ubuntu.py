from __future__ import annotations

from typing import Any

import pytest
from rig.osv_records import affected, deb, ids, only, record

from bedplate.matching import match
from bedplate.model.advisory import Status

NOBLE = "ubuntu-24.04"


def ubuntu(status: str, *events: str, ecosystem: str = "Ubuntu:24.04:LTS") -> dict[str, Any]:
    extra = {"ecosystem_specific": {"status": status}} if status else {}
    return record(
        "UBUNTU-CVE-2024-10041",
        affected(ecosystem, "pam", *events, **extra),
        upstream=["CVE-2024-10041"],
        severity=[{"type": "Ubuntu", "score": "medium"}],
    )


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("needed", Status.AFFECTED),
        ("pending", Status.AFFECTED),
        ("deferred", Status.DEFERRED),
        ("ignored", Status.WILL_NOT_FIX),
    ],
)
def test_states(stores_of: Any, status: str, told: Status) -> None:
    package = deb("libpam0g", "1.5.3-5ubuntu5.1", "pam", distro=NOBLE)
    found = only(match([package], stores_of(ubuntu(status))))
    assert found.status is told
    assert found.level("vendor").word == "medium"


def test_what_waits_for_somebody_to_look_at_it_does_not_count(stores_of: Any) -> None:
    package = deb("libpam0g", "1.5.3-5ubuntu5.1", "pam", distro=NOBLE)
    result = match([package], stores_of(ubuntu("needs-triage")))
    assert not result.findings
    assert [one.suppression.source for one in result.suppressed if one.suppression] == [
        "under-investigation"
    ]


def test_a_fix_for_subscribers_is_no_fix(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "UBUNTU-CVE-2021-1001",
            affected("Ubuntu:Pro:22.04:LTS", "libxmltok", "<1.2-4ubuntu0.22.04.1~esm1"),
            upstream=["CVE-2021-1001"],
        )
    )
    package = deb("libxmltok1", "1.2-4", "libxmltok", distro="ubuntu-22.04")
    found = only(match([package], stores))
    assert (found.status, found.fixable) == (Status.AFFECTED, False)
    assert found.witnesses[0].note == "the fix needs Ubuntu Pro"
    subscribed = deb("libxmltok1", "1.2-4ubuntu0.22.04.1~esm1", "libxmltok", distro="ubuntu-22.04")
    assert not match([subscribed], stores).findings


def test_who_has_the_fix_for_subscribers_is_not_affected(stores_of: Any) -> None:
    place = "Ubuntu:22.04:LTS"
    stores = stores_of(
        record(
            "UBUNTU-CVE-2023-0996",
            affected(place, "libheif", ecosystem_specific={"status": "needed"}),
            affected("Ubuntu:Pro:22.04:LTS", "libheif", "<1.12.0-2ubuntu0.1~esm1"),
            upstream=["CVE-2023-0996"],
        )
    )
    plain = deb("libheif1", "1.12.0-2build1", "libheif", distro="ubuntu-22.04")
    assert not only(match([plain], stores)).fixable
    pro = deb("libheif1", "1.12.0-2ubuntu0.1~esm1", "libheif", distro="ubuntu-22.04")
    assert not match([pro], stores).findings


def test_ubuntu_is_not_debian(stores_of: Any) -> None:
    stores = stores_of(record("DEBIAN-CVE-2024-10041", affected("Debian:12", "pam")))
    package = deb("libpam0g", "1.5.3-5ubuntu5.1", "pam", distro=NOBLE)
    assert not match([package], stores).findings


def test_releases_are_told_apart(stores_of: Any) -> None:
    stores = stores_of(ubuntu("", "<1.5.3-5ubuntu5.5"))
    assert ids(match([deb("libpam0g", "1.5.3-5ubuntu5.1", "pam", distro=NOBLE)], stores))
    jammy = match([deb("libpam0g", "1.4.0-11ubuntu2.4", "pam", distro="ubuntu-22.04")], stores)
    assert not jammy.findings
    assert jammy.unmatched
