"""Stores for a few packages, and what they do not know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rig.osv_records import affected, deb, ids, record

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.stores import open_stores
from bedplate.matching import match
from bedplate.model.package import Package

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.advisories.stores import Stores

WANTED = frozenset({("deb", "curl"), ("deb", "zlib")})


def partial_stores(folder: Path, covers: str = "packages of the catalog's images") -> Stores:
    one = record(
        "DEBIAN-CVE-2024-1000",
        affected("Debian:12", "curl", "<7.88.1-10+deb12u5"),
        affected("Debian:12", "gimp", "<2.10.34-1+deb12u2"),
        upstream=["CVE-2024-1000"],
    )
    feed = folder / "feed.jsonl"
    feed.write_text(json.dumps(one))
    options = BuildOptions(
        built="2026-11-01T00:00:00Z",
        covers=covers,
        covered=WANTED,
        keep=lambda namespace, name: (namespace.partition(":")[0], name) in WANTED,
    )
    build_stores([feed], folder / "stores", options)
    return open_stores(folder / "stores", embedded=False)


def test_a_package_that_the_store_does_not_know_is_told(tmp_path: Path) -> None:
    stores = partial_stores(tmp_path)
    packages = [deb("libcurl4", "7.88.1-10+deb12u4", "curl"), deb("zlib1g", "1:1.2.13", "zlib")]
    result = match(packages, stores)
    assert ids(result) == ["CVE-2024-1000"]
    assert result.unmatched == ()
    result = match([*packages, deb("gimp", "2.10.34-1")], stores)
    (told,) = result.unmatched
    assert told.what == "gimp 2.10.34-1"
    assert "do not cover it" in told.reason


def test_of_many_some_are_named(tmp_path: Path) -> None:
    stores = partial_stores(tmp_path)
    result = match([deb(f"tool-{n}", "1.0-1") for n in range(9)], stores)
    (told,) = result.unmatched
    assert (
        told.what == "9 packages of deb:debian:12 (tool-0 1.0-1, tool-1 1.0-1, tool-2 1.0-1, ...)"
    )


def test_a_whole_store_knows_every_package_of_its_release(tmp_path: Path) -> None:
    stores = partial_stores(tmp_path, covers="")
    result = match([Package("deb", "gimp", "2.10.34-1", purl=deb("gimp", "1").purl)], stores)
    assert result.unmatched == ()


def test_packages_with_nothing_against_them_do_not_count_as_content(tmp_path: Path) -> None:
    stores = partial_stores(tmp_path)
    (manifest,) = stores.manifests()
    assert (manifest.packages, manifest.advisories) == (1, 1)
