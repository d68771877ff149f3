"""Scans of images in a real registry: what is fetched, whose word counts, whose the base is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from rig.attested import OPENVEX, SPDX, attest, statement
from rig.layout import Layout
from rig.registries import push
from rig.shop_facts import FOUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.bedplate_command import Bedplate
    from rig.registries import Pushed, Registry
    from rig.shop import Shop

pytestmark = pytest.mark.real("docker-registry", "buildah", "mmdebstrap", "skopeo")

VEX = {
    "@context": OPENVEX,
    "@id": "https://shop.example/vex/1",
    "author": "The shop",
    "timestamp": "2026-01-01T00:00:00Z",
    "version": 1,
    "statements": [
        {
            "vulnerability": {"name": "CVE-2021-44228"},
            "products": [{"@id": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}],
            "status": "not_affected",
            "justification": "vulnerable_code_not_in_execute_path",
        }
    ],
}


@pytest.fixture
def blobs(registry_process: Registry, shop: Shop) -> Callable[[], set[str]]:
    """Give the layers of the shop that were asked of the registry since the test began."""
    before = len(registry_process.requests())
    layers = {layer["digest"] for layer in Layout(shop.layout).manifest("shop")["layers"]}

    def asked() -> set[str]:
        requests = registry_process.requests()[before:]
        return layers & {line.rpartition("/")[2] for line in requests if line.startswith("GET")}

    return asked


@pytest.fixture(scope="session")
def plain(shop: Shop, registry: str) -> str:
    """Push the image alone."""
    push(shop.layout, "shop", f"{registry}/shop:plain")
    return f"{registry}/shop:plain"


@pytest.fixture
def attested(
    scanner: Bedplate, shop: Shop, registry: str, tmp_path: Path, blobs: Callable[[], set[str]]
) -> str:
    """Push the image with its SBOM and a VEX document as BuildKit attests them."""
    result = scanner.run("sbom", f"oci:{shop.layout}:shop", "--format", "spdx")
    said = {
        SPDX: statement(SPDX, json.loads(result.stdout)),
        OPENVEX: statement(OPENVEX, VEX),
    }
    push(attest(shop.layout, "shop", tmp_path / "attested", said), "shop", f"{registry}/shop:said")
    # what is known of the image on this machine would answer first
    (scanner.home / ".cache/bedplate/advisories").rename(scanner.home / "advisories")
    assert blobs() == set()
    return f"{registry}/shop:said"


@pytest.fixture
def fresh(attested: str, scanner: Bedplate, tmp_path: Path) -> Bedplate:
    """Give a home that has read no layer yet."""
    assert attested
    home = type(scanner)(tmp_path / "fresh")
    (home.home / ".cache/bedplate").mkdir(parents=True)
    (scanner.home / "advisories").rename(home.home / ".cache/bedplate/advisories")
    return home


def scanned(home: Bedplate, *words: str, code: int = 0) -> dict[str, Any]:
    result = home.run("scan", "--no-update", "--format", "json", *words)
    assert result.code == code, result.stderr
    (one,) = json.loads(result.stdout)["scans"]
    scan: dict[str, Any] = one
    return scan


def keys(one: dict[str, Any]) -> set[tuple[str, str]]:
    return {(finding["vulnerability"], finding["component"]) for finding in one["findings"]}


def test_layers_are_pulled_and_tell_what_they_hold(
    scanner: Bedplate, plain: str, blobs: Callable[[], set[str]], shop: Shop
) -> None:
    one = scanned(scanner, plain)
    assert keys(one) == FOUND.keys()
    assert one["inventory"] == "layers"
    assert len(blobs()) == len(Layout(shop.layout).manifest("shop")["layers"])
    refused = scanner.run("scan", "--no-update", "--from", "attestation", plain)
    assert refused.code == 2
    assert "--from layers" in refused.stderr


def test_an_attested_sbom_spares_the_layers(
    fresh: Bedplate, attested: str, blobs: Callable[[], set[str]]
) -> None:
    one = scanned(fresh, attested, "--no-attested-vex")
    assert blobs() == set()
    assert keys(one) == FOUND.keys()
    assert one["inventory"] == "attestation"
    text = fresh.run("scan", "--no-update", attested).stdout
    assert "attest" in text
    assert blobs() == set()
    one = scanned(fresh, "--from", "layers", "--no-attested-vex", attested)
    assert keys(one) == FOUND.keys()
    assert one["inventory"] == "layers"
    assert blobs() != set()


def test_vex_that_the_builder_attested_counts(fresh: Bedplate, attested: str) -> None:
    one = scanned(fresh, attested)
    (cleared,) = FOUND.keys() - keys(one)
    assert cleared[0] == "CVE-2021-44228"
    (silenced,) = (each for each in one["suppressed"] if each["suppression"]["by"] == "vex")
    assert silenced["suppression"]["owner"] == "The shop"


def test_the_base_is_known_by_its_layers(scanner: Bedplate, plain: str, pushed: Pushed) -> None:
    added = scanner.run("catalog", "add", pushed.oci["slim"])
    assert added.code == 0, added.stderr
    one = scanned(scanner, plain)
    origins = {finding["component"]: finding["origin"] for finding in one["findings"]}
    assert origins.pop("shadow") == "base"
    assert set(origins.values()) == {"app"}
    assert keys(scanned(scanner, plain, "--only", "base")) == {("CVE-2024-56433", "shadow")}
    gate = ("--fail-on", "any,base", "--only", "app")
    assert len(keys(scanned(scanner, plain, *gate, code=1))) == len(FOUND) - 1


def test_stores_are_carried_by_the_registry(
    scanner: Bedplate, plain: str, registry: str, tmp_path: Path
) -> None:
    place = f"oci://{registry}/team/shop-advisories:1"
    names = [path.stem for path in (scanner.home / ".cache/bedplate/advisories").iterdir()]
    assert scanner.run("db", "push", place, *names).code == 0
    (tmp_path / "other").mkdir()
    other = type(scanner)(tmp_path / "other")
    assert other.run("db", "pull", place).code == 0
    assert keys(scanned(other, plain)) == FOUND.keys()
