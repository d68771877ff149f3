from __future__ import annotations

from typing import Any

import pytest
from rig.osv_records import affected, ids, only, record, rpm

from bedplate.matching import match
from bedplate.model.advisory import Status

BIND = record(
    "RHSA-2023:2261",
    affected("Red Hat:enterprise_linux:9::appstream", "bind-libs", "<32:9.16.23-11.el9"),
    upstream=["CVE-2022-3094"],
)
NODEJS = record(
    "RHSA-2021:3073",
    affected(
        "Red Hat:enterprise_linux:8::appstream",
        "nodejs",
        "<1:12.22.3-2.module+el8.4.0+11732+c668cc9f",
    ),
    upstream=["CVE-2021-22918"],
)


def state(name: str, word: str, cve: str = "CVE-2024-41996") -> dict[str, Any]:
    place = "Red Hat:enterprise_linux:9"
    package = {"package": {"ecosystem": place, "name": name}}
    return record(
        cve,
        package | {"ecosystem_specific": {"fix_state": word}},
        severity=[{"type": "RedHat", "score": "Low"}],
    )


def test_errata_name_binary_packages_and_epochs(stores_of: Any) -> None:
    stores = stores_of(BIND)
    found = only(match([rpm("bind-libs", "32:9.16.23-5.el9", "bind")], stores))
    assert (found.component, found.fixed) == ("bind", ("32:9.16.23-11.el9",))
    assert not match([rpm("bind-libs", "32:9.16.23-11.el9", "bind")], stores).findings
    assert not match([rpm("bind-utils", "32:9.16.23-5.el9", "bind")], stores).findings


def test_no_epoch_is_epoch_zero(stores_of: Any) -> None:
    others = [rpm("openssl-libs", "1:3.0.7-1.el9", "openssl")]
    stores = stores_of(BIND)
    assert ids(match([rpm("bind-libs", "9.16.23-11.el9", "bind"), *others], stores))


def test_a_list_that_lost_its_epochs_is_compared_without(stores_of: Any) -> None:
    stores = stores_of(BIND)
    assert not match([rpm("bind-libs", "9.16.23-11.el9", "bind")], stores).findings
    found = only(match([rpm("bind-libs", "9.16.23-5.el9", "bind")], stores))
    assert found.confidence == "low"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Affected", Status.AFFECTED),
        ("Will not fix", Status.WILL_NOT_FIX),
        ("Fix deferred", Status.DEFERRED),
        ("Out of support scope", Status.END_OF_LIFE),
    ],
)
def test_states_name_sources(stores_of: Any, word: str, told: Status) -> None:
    found = only(
        match([rpm("openssl-libs", "1:3.2.2-6.el9", "openssl")], stores_of(state("openssl", word)))
    )
    assert found.status is told
    assert found.level("vendor").word == "low"


def test_not_affected_and_under_investigation_do_not_count(stores_of: Any) -> None:
    stores = stores_of(
        state("openssl", "Not affected"),
        state("openssl", "Under investigation", "CVE-2024-13176"),
    )
    result = match([rpm("openssl-libs", "1:3.2.2-6.el9", "openssl")], stores)
    assert not result.findings
    assert [one.vulnerability for one in result.suppressed] == ["CVE-2024-13176"]


def test_an_erratum_that_is_installed_closes_the_state_of_its_source(stores_of: Any) -> None:
    stores = stores_of(
        state("openssl", "Affected"),
        record(
            "RHSA-2024:9333",
            affected("Red Hat:enterprise_linux:9::baseos", "openssl-libs", "<1:3.2.2-6.el9"),
            upstream=["CVE-2024-41996"],
        ),
    )
    assert not match([rpm("openssl-libs", "1:3.2.2-6.el9", "openssl")], stores).findings
    old = only(match([rpm("openssl-libs", "1:3.0.7-27.el9", "openssl")], stores))
    assert old.fixed == ("1:3.2.2-6.el9",)


def test_an_erratum_of_another_stream_closes_nothing(stores_of: Any) -> None:
    stores = stores_of(
        state("nodejs", "Affected", "CVE-2021-22918"),
        record(
            "RHSA-2021:3073",
            affected("Red Hat:enterprise_linux:9::appstream", "nodejs", "<1:12.22.3-2.module+el9"),
            upstream=["CVE-2021-22918"],
        ),
    )
    package = rpm("nodejs-libs", "1:16.20.0-1.el9", "nodejs")
    assert ids(match([package, rpm("nodejs", "1:16.20.0-1.el9")], stores)) == ["CVE-2021-22918"]


def test_releases_are_told_apart(stores_of: Any) -> None:
    stores = stores_of(NODEJS, BIND)
    assert not match([rpm("nodejs", "1:10.0.0-1.el9")], stores).findings


def test_modules_are_compared_inside_their_stream(stores_of: Any) -> None:
    stores = stores_of(NODEJS)
    old = "1:12.22.1-1.module+el8.4.0+10000+aaaaaaaa"
    twelve = rpm("nodejs", old, distro="rhel-8.10", module="nodejs:12:8040:aaaaaaaa")
    assert ids(match([twelve], stores)) == ["CVE-2021-22918"]
    ten = "1:10.24.0-1.module+el8.3.0+10166+b07ac28e"
    other = rpm("nodejs", ten, distro="rhel-8.10", module="nodejs:10:8030:b07ac28e")
    assert not match([other], stores).findings
    plain = rpm("nodejs", "1:10.0.0-1.el8", distro="rhel-8.10")
    assert not match([plain], stores).findings


def test_a_module_without_its_stream_is_told(stores_of: Any) -> None:
    package = rpm("nodejs", "1:10.24.0-1.module+el8.3.0+10166+b07ac28e", distro="rhel-8.10")
    result = match([package], stores_of(NODEJS))
    assert not result.findings
    assert "module" in result.unmatched[0].reason


def test_rebuilds_have_their_own_errata(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "ALSA-2024:3094",
            affected("AlmaLinux:8", "perl-CPAN", "<2.18-399.el8"),
            upstream=["CVE-2023-31484"],
        )
    )
    alma = rpm("perl-CPAN", "2.18-397.el8", distro="almalinux-8.9", vendor="AlmaLinux")
    assert ids(match([alma], stores)) == ["CVE-2023-31484"]
    red_hat = rpm("perl-CPAN", "2.18-397.el8", distro="rhel-8.9")
    assert not match([red_hat], stores).findings


@pytest.mark.parametrize("vendor", ["Fedora Project", "Docker", "NodeSource", "Remi's RPM"])
def test_packages_of_others_are_told(stores_of: Any, vendor: str) -> None:
    result = match([rpm("bind-libs", "32:9.16.23-5.el9", "bind", vendor=vendor)], stores_of(BIND))
    assert not result.findings
    assert result.unmatched[0].reason == f"not of the distribution but of {vendor}"


def test_an_erratum_with_several_vulnerabilities_gives_one_finding_each(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "ALAS2023-2023-040",
            affected("Amazon Linux:2023", "openjpeg2", "<2.4.0-11.amzn2023.0.3"),
            upstream=["CVE-2021-29338", "CVE-2022-1122"],
        )
    )
    package = rpm("openjpeg2", "2.4.0-10.amzn2023", distro="amzn-2023")
    result = match([package], stores)
    assert ids(result) == ["CVE-2021-29338", "CVE-2022-1122"]
    assert all("CVE-" not in name for one in result.findings for name in one.aliases)
