"""`bedplate scan` on an image of real parts: what is known of them, and nothing else.

The facts are in rig/shop_facts.py, checked by hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from rig.components import find
from rig.judges import dpkg_packages, single_image_layout, syft_settings
from rig.processes import run
from rig.published_schemas import schema_errors
from rig.shop_facts import ABSENT, FOUND, UNIMPORTANT

from bedplate.cli.commands import scan as command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.bedplate_command import Bedplate, Result
    from rig.shop import Shop

pytestmark = pytest.mark.real("buildah", "mmdebstrap", "skopeo")

Key = tuple[str, str]
SYFT_FORMATS = ("syft-json", "cyclonedx-json", "spdx-json")
SCHEMAS = {"cyclonedx": "cyclonedx/bom-1.6", "spdx": "spdx/2.3", "sarif": "sarif-2.1.0"}


def scan(scanner: Bedplate, *words: str) -> Result:
    return scanner.run("scan", "--no-update", *words)


def report(scanner: Bedplate, *words: str) -> dict[str, Any]:
    result = scan(scanner, "--format", "json", *words)
    assert result.code in (0, 1), result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def only(scanner: Bedplate, *words: str) -> dict[str, Any]:
    (one,) = report(scanner, *words)["scans"]
    scanned: dict[str, Any] = one
    return scanned


def found(one: dict[str, Any]) -> dict[Key, str]:
    """Give the findings, with the oldest version that mends each."""
    return {
        (finding["vulnerability"], finding["component"]): (finding["fixed"] or [""])[0]
        for finding in one["findings"]
    }


@pytest.fixture(name="image")
def fixture_image(shop: Shop) -> str:
    return f"oci:{shop.layout}:shop"


def test_what_is_known_is_found_and_what_was_fixed_is_not(
    scanner: Bedplate, image: str, shop: Shop
) -> None:
    one = only(scanner, image, "--show-suppressed")
    assert found(one) == FOUND
    assert not ABSENT & {finding["vulnerability"] for finding in one["suppressed"]}
    assert [finding["vulnerability"] for finding in one["suppressed"]] == [UNIMPORTANT]
    installed = {(name, version) for _, name, version in dpkg_packages(shop.root)}
    (shadow,) = (finding for finding in one["findings"] if finding["component"] == "shadow")
    assert {(part["name"], part["version"]) for part in shadow["packages"]} <= installed


def test_node_of_usr_local_is_held_against_its_own_feed(scanner: Bedplate, images: Any) -> None:
    one = only(scanner, f"oci:{images.layout}:app")
    # Node.js 24.19.0 has the fix of CVE-2025-27209; the application has npm packages of `shop`
    assert found(one).keys() & FOUND.keys() >= {("CVE-2025-15284", "qs")}
    assert "runtime" in {store["name"] for store in one["stores"]}
    assert not ABSENT & {vulnerability for vulnerability, _ in found(one)}


@pytest.mark.parametrize("form", ["docker-archive", "dir"])
def test_other_forms_of_the_image_tell_the_same(form: str, scanner: Bedplate, shop: Shop) -> None:
    places = {"docker-archive": shop.docker_archive, "dir": shop.root}
    assert found(only(scanner, f"{form}:{places[form]}")) == FOUND


@pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
def test_our_own_sbom_tells_the_same(
    form: str, scanner: Bedplate, image: str, tmp_path: Path
) -> None:
    result = scanner.run("sbom", image, "--format", form)
    assert result.code == 0
    assert schema_errors(json.loads(result.stdout), SCHEMAS[form]) == []
    (tmp_path / "sbom.json").write_text(result.stdout, encoding="utf-8")
    one = only(scanner, f"sbom:{tmp_path}/sbom.json")
    assert found(one) == FOUND
    assert one["inventory"] == "sbom"


@pytest.fixture(scope="session")
def of_syft(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have syft write its SBOMs of the image, in one go."""
    folder = tmp_path_factory.mktemp("syft")
    outputs = [f"--output={form}={folder}/{form}" for form in SYFT_FORMATS]
    with single_image_layout(shop.layout, "shop") as source:
        words = [find("syft") or "syft", "--quiet", *outputs, f"oci-dir:{source}"]
        run(words, env=syft_settings(str(folder)))
    return folder


@pytest.mark.real("syft")
@pytest.mark.parametrize("form", SYFT_FORMATS)
def test_sboms_of_syft_tell_what_syft_saw(form: str, scanner: Bedplate, of_syft: Path) -> None:
    one = only(scanner, f"sbom:{of_syft}/{form}")
    # it takes no stub for a Python or a program of Rust, and of .NET in images only libraries
    unseen = {"python", "regex", "newtonsoft.json"}
    assert found(one) == {key: fix for key, fix in FOUND.items() if key[1] not in unseen}


def test_the_base_is_told_from_the_application_by_the_dockerfile(
    scanner: Bedplate, image: str, shop: Shop
) -> None:
    one = only(scanner, image, "--dockerfile", str(shop.folder / "Dockerfile"))
    lines = {finding["component"]: finding["line"] for finding in one["findings"]}
    origins = {finding["component"]: finding["origin"] for finding in one["findings"]}
    assert (lines["python"], lines["qs"], lines["rack"], lines["shadow"]) == (2, 3, 4, None)
    assert {name for name, origin in origins.items() if origin == "base"} == {"shadow"}
    assert set(origins.values()) == {"base", "app"}


def test_every_platform_is_scanned(scanner: Bedplate, shop: Shop) -> None:
    document = report(scanner, "--platform", "all", f"oci:{shop.layout}:shop-multi")
    assert [one["image"]["platform"] for one in document["scans"]] == [
        "linux/amd64",
        "linux/arm64",
    ]
    assert all(found(one) == FOUND for one in document["scans"])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 0, ""),
        (("--fail-on", "high,fixable"), 1, "high,fixable: 10 findings"),
        (("--fail-on", "critical"), 0, ""),
        (("--fail-on", "any", "--only", "fixable", "--severity", "critical"), 1, "11 findings"),
        (("--fail-on", "fixable", "--grace", "7d"), 1, "fixable: 10 findings"),
        (("--fail-on", "nonsense"), 2, "nonsense"),
    ],
)
def test_exit_codes(
    words: tuple[str, ...], code: int, told: str, scanner: Bedplate, image: str
) -> None:
    result = scan(scanner, image, *words)
    assert result.code == code
    assert told in result.stderr


def test_an_image_that_holds_nothing_known_is_3(scanner: Bedplate, images: Any) -> None:
    result = scan(scanner, f"oci:{images.layout}:static")
    assert result.code == 3
    assert "unknown: nothing was recognised" in result.stdout


def test_only_what_is_new_fails(scanner: Bedplate, image: str) -> None:
    assert scan(scanner, image, "--write-baseline", "known.json").code == 0
    gate = ("--baseline", "known.json", "--fail-on", "new")
    assert scan(scanner, image, *gate).code == 0
    baseline = json.loads((scanner.home / "known.json").read_text())
    baseline["findings"] = [one for one in baseline["findings"] if one["component"] != "rack"]
    (scanner.home / "known.json").write_text(json.dumps(baseline))
    result = scan(scanner, image, *gate)
    assert result.code == 1
    assert "1 finding: CVE-2022-44570" in result.stderr


def test_an_exception_that_is_over_counts_no_more(scanner: Bedplate, image: str) -> None:
    entry = '[[ignore]]\nid = "CVE-2021-44228"\nreason = "patched by us"\nexpires = {}\n'
    (scanner.home / "live.toml").write_text(entry.format("2999-01-01"))
    (scanner.home / "over.toml").write_text(entry.format("2020-01-01"))
    live = only(scanner, image, "--ignore-file", "live.toml")
    assert found(live).keys() == FOUND.keys() - {("CVE-2021-44228", _LOG4J)}
    over = only(scanner, image, "--ignore-file", "over.toml")
    assert found(over) == FOUND
    assert any("ended on 2020-01-01" in line for line in over["warnings"])


_LOG4J = "org.apache.logging.log4j:log4j-core"


@pytest.mark.parametrize("form", command.FORMATS)
def test_the_same_image_and_stores_give_the_same_bytes_and_valid_ones(
    form: str, scanner: Bedplate, image: str
) -> None:
    texts = set()
    for seed in ("1", "2"):
        scanner.variables["PYTHONHASHSEED"] = seed
        result = scan(scanner, image, "--format", form, "--show-suppressed")
        assert result.code == 0, result.stderr
        texts.add(result.stdout)
    (text,) = texts
    JUDGES[form](text)
    assert "CVE-2021-44228" in text


def _by_schema(name: str) -> Callable[[str], None]:
    def judge(text: str) -> None:
        assert schema_errors(json.loads(text), SCHEMAS[name]) == []

    return judge


JUDGES: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("terminal", "markdown", "html"), str),
    **dict.fromkeys(("json", "openvex", "gitlab"), json.loads),
    **{name: _by_schema(name) for name in SCHEMAS},
    "junit": ET.fromstring,
}
