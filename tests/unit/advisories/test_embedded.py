"""The advisories that come with the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.advisories import embedded
from bedplate.advisories.embedded import embedded_names, open_embedded
from bedplate.advisories.namespaces import store_of
from bedplate.advisories.record import Enrichment
from bedplate.advisories.store_writer import write_store
from bedplate.advisories.stores import open_stores
from bedplate.errors import CorruptStore
from bedplate.model.advisory import Status

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE, MAX_ALL = 1024 * 1024, 3 * 1024 * 1024


def test_it_is_small() -> None:
    sizes = [path.stat().st_size for path in embedded.FOLDER.iterdir()]
    assert max(sizes) < MAX_FILE
    assert sum(sizes) < MAX_ALL


@pytest.mark.parametrize("name", embedded_names())
def test_every_store_may_be_handed_on_and_names_its_sources(name: str) -> None:
    store = open_embedded(name)
    manifest = store.manifest
    assert (manifest.name, manifest.embedded, manifest.redistributable) == (name, True, True)
    assert manifest.covers
    assert manifest.sources
    assert all(source.sha256 and source.as_of for source in manifest.sources)
    assert {store_of(namespace) for namespace in manifest.namespaces} <= {name}
    for namespace, package in store.packages():
        rows = store.rows(namespace, [package])[package]
        for advisory in store.advisories({row.advisory for row in rows}).values():
            assert not advisory.summary
            assert not advisory.id.startswith("OSVDB")
    store.close()


def test_the_images_of_the_catalog_have_their_releases() -> None:
    assert {"debian-12", "debian-13", "alpine-3.24", "ubuntu-24.04", "almalinux-9"} <= set(
        embedded_names()
    )
    assert {"runtime", "npm", "pypi", "golang", "ratings", "kev"} <= set(embedded_names())
    assert not {"wolfi", "chainguard", "amazon-2023"} & set(embedded_names())


def test_a_store_of_the_user_s_own_wins(tmp_path: Path) -> None:
    stores = open_stores(tmp_path)
    assert set(embedded_names()) == set(stores.names())
    shipped = stores.named("kev")
    assert shipped is not None
    assert shipped.manifest.embedded
    stores.close()
    old = replace(shipped.manifest, built="2001-01-01T00:00:00Z", embedded=False, sources=())
    write_store(tmp_path / "kev.sqlite", old, [Enrichment("CVE-2001-1000", kev="2001-01-01")])
    stores = open_stores(tmp_path)
    own = stores.named("kev")
    assert own is not None
    assert own.kev(["CVE-2001-1000"])
    stores.close()


def test_a_known_case() -> None:
    """CVE-2024-9143 in Debian 12's openssl: the fix came with 3.0.15-1~deb12u1."""
    store = open_embedded("debian-12")
    rows = store.rows("deb:debian:12", ["openssl"])["openssl"]
    said = store.advisories({row.advisory for row in rows})
    (row,) = (row for row in rows if said[row.advisory].cves == ("CVE-2024-9143",))
    assert (row.status, row.until) == (Status.FIXED, "3.0.15-1~deb12u1")
    store.close()


def test_a_damaged_installation_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "FOLDER", tmp_path)
    with pytest.raises(CorruptStore, match="install bedplate again"):
        open_embedded("debian-12")
