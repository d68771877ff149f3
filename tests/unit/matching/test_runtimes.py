from __future__ import annotations

from typing import Any

import pytest
from rig.osv_records import affected, deb, ids, only, record

from bedplate.matching import match
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime


def node_core(number: int, cve: str, vulnerable: str, patched: str) -> dict[str, Any]:
    said = {"vulnerable": vulnerable, "patched": patched}
    package = {
        "package": {"ecosystem": "node-runtime", "name": "node"},
        "database_specific": said,
    }
    return record(f"NODE-CORE-{number}", package, aliases=[cve])


def runtime(name: str, version: str, **extra: Any) -> Runtime:
    return Runtime(name, name.title(), version, path=f"usr/local/bin/{name}", **extra)


NODE = node_core(140, "CVE-2024-27982", "18.x || 20.x || 21.x", "^18.20.1 || ^20.12.1 || ^21.7.2")


def test_node_is_vulnerable_in_its_lines_less_what_is_patched(stores_of: Any) -> None:
    stores = stores_of(NODE)
    found = only(match([], stores, runtimes=[runtime("node", "20.12.0")]))
    assert found.vulnerability == "CVE-2024-27982"
    assert found.fixed == ("20.12.1", "21.7.2")
    assert found.packages[0].location == "usr/local/bin/node"
    for version in ("20.12.1", "18.20.4", "22.0.0", "16.20.2"):
        assert not match([], stores, runtimes=[runtime("node", version)]).findings


def test_a_runtime_of_the_distribution_is_the_distributions(stores_of: Any) -> None:
    stores = stores_of(NODE)
    packaged = runtime("node", "18.19.0", packaged=True)
    debians = deb("nodejs", "18.19.0+dfsg-6~deb12u2", files=("usr/local/bin/node",))
    assert not match([debians], stores, runtimes=[packaged]).findings
    node_source = deb("nodejs", "18.19.0-1nodesource1", files=("usr/local/bin/node",))
    assert ids(match([node_source], stores, runtimes=[packaged])) == ["CVE-2024-27982"]


@pytest.mark.parametrize(
    ("package", "is_its"),
    [("18.19.0+dfsg-6~deb12u2", True), ("1:18.19.0-1", True), ("18.19.01-1", False)],
)
def test_a_runtime_of_no_known_place_is_the_package_of_its_version(
    stores_of: Any, package: str, *, is_its: bool
) -> None:
    stores = stores_of(NODE)
    runtimes = [Runtime("node", "Node.js", "18.19.0")]
    found = match([deb("nodejs", package)], stores, runtimes=runtimes).findings
    assert (not found) == is_its


def test_the_feed_that_knows_branches_overrules_the_one_that_does_not(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "CVE-2026-9669",
            affected(
                "cpe",
                "python:python",
                *(">=3.12.0", "<3.12.14", ">=3.13.0", "<3.13.14"),
                database_specific={"runtime": "python"},
            ),
        ),
        record(
            "BIT-python-2026-9669",
            affected("Bitnami", "python", "<3.13.14"),
            aliases=["CVE-2026-9669"],
        ),
        record(
            "BIT-python-2020-1001",
            affected("Bitnami", "python", "<3.13.0"),
            aliases=["CVE-2020-1001"],
        ),
    )
    # patched in its branch; the other is known to one feed alone
    assert ids(match([], stores, runtimes=[runtime("python", "3.12.14")])) == ["CVE-2020-1001"]
    old = match([], stores, runtimes=[runtime("python", "3.12.13")]).findings
    found = next(one for one in old if one.vulnerability == "CVE-2026-9669")
    assert [one.feed for one in found.witnesses] == ["nvd", "bitnami"]
    assert found.fixed == ("3.12.14", "3.13.14")


def test_versions_of_cpython_are_told_one_by_one(stores_of: Any) -> None:
    package = {
        "package": {"ecosystem": "python-runtime", "name": "cpython"},
        "versions": ["3.10.10", "3.10.11"],
    }
    stores = stores_of(record("PSF-2023-1", package, aliases=["CVE-2007-4559"]))
    assert ids(match([], stores, runtimes=[runtime("python", "3.10.11")])) == ["CVE-2007-4559"]
    assert not match([], stores, runtimes=[runtime("python", "3.10.12")]).findings


def test_go_is_its_library_and_its_tools(stores_of: Any) -> None:
    stores = stores_of(
        record("GO-1", affected("Go", "stdlib", "<1.22.4"), aliases=["CVE-2024-24790"]),
        record("GO-2", affected("Go", "toolchain", "<1.22.3"), aliases=["CVE-2024-24787"]),
    )
    assert ids(match([], stores, runtimes=[runtime("go", "1.22.2")])) == [
        "CVE-2024-24787",
        "CVE-2024-24790",
    ]


def test_what_is_bound_to_another_system_is_not_here(stores_of: Any) -> None:
    windows = NODE | {"database_specific": {"affectedEnvironments": ["windows"]}}
    # a feed that does not tell systems apart knows it too
    range_ = affected("cpe", "nodejs:node.js", "<22", database_specific={"runtime": "node"})
    stores = stores_of(windows, record("CVE-2024-27982", range_))
    assert not match([], stores, runtimes=[runtime("node", "20.12.0")]).findings


def test_java_of_old_and_of_new_numbers(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "CVE-2024-20918",
            affected(
                "cpe",
                "oracle:openjdk",
                *(">=1.9", "<8.0.402", ">=12", "<17.0.10"),
                database_specific={"runtime": "openjdk"},
            ),
        )
    )

    def found(version: str) -> list[str]:
        return ids(match([], stores, runtimes=[runtime("java", version)]))

    assert found("1.8.0_392-b08") == found("17.0.9+9") == ["CVE-2024-20918"]
    assert found("1.8.0_402") == found("17.0.10+7") == []


def test_a_runtime_without_a_version_is_told(stores_of: Any) -> None:
    (told,) = match([], stores_of(NODE), runtimes=[runtime("node", "")]).unmatched
    assert told.reason == "no version is told"


def test_a_missing_store_is_told(stores_of: Any) -> None:
    (told,) = match([], stores_of(NODE), runtimes=[runtime("go", "1.22.2")]).unmatched
    assert told.reason == "there is no advisory store golang"


def test_a_runtime_may_stand_among_the_packages_of_an_sbom(stores_of: Any) -> None:
    stores = stores_of(NODE)
    listed = Package("generic", "node", "20.12.0", purl="pkg:generic/node@20.12.0")
    found = only(match([listed], stores, runtimes=[runtime("node", "20.12.0")]))
    assert found.component == "node"
    assert only(match([listed], stores)).vulnerability == "CVE-2024-27982"


def test_other_programs_are_looked_up_by_their_product(stores_of: Any) -> None:
    stores = stores_of(record("CVE-2025-0001", affected("cpe", "redis:redis", "<7.4.3")))
    assert ids(match([Package("generic", "redis", "7.4.2")], stores)) == ["CVE-2025-0001"]
    assert not match([Package("generic", "redis", "7.4.3")], stores).findings
