"""Names of bases written into images."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, NotRebasable
from bedplate.flows.annotate import annotate
from bedplate.flows.inspect import inspect
from bedplate.model.platform import Platform
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shop

APP = layer_tar({"srv/app": b"x"})
BASE = layer_tar({"etc/os-release": b"ID=debian\nVERSION_ID=12\n"})
BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"
DOCKER = "application/vnd.docker.distribution.manifest.v2+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"


def test_the_base_is_named_and_nothing_else_changes(shop: Shop) -> None:
    shop.image("plain/app:1", [BASE, APP])
    shop.image("plain/os:1", [BASE])
    before = shop.manifest("plain/app:1")
    report = shop.annotate("plain/app:1", base=shop.name("plain/os:1"))
    after = shop.manifest("plain/app:1")
    notes = after.pop("annotations")
    assert after == before
    assert notes == {
        BASE_NAME: shop.name("plain/os:1"),
        BASE_DIGEST: str(shop.digest("plain/os:1")),
    }
    assert report.written
    assert report.digest == str(shop.digest("plain/app:1")) != report.before
    [facts] = inspect(shop.name("plain/app:1"), shop.session)
    assert facts.bases[0].digest == notes[BASE_DIGEST]


def test_what_is_named_already_is_left_alone(shop: Shop) -> None:
    first = shop.annotate()
    second = shop.annotate()
    assert first.written
    assert (second.written, second.digest) == (False, first.digest)


def test_a_digest_is_added_to_a_name(shop: Shop) -> None:
    shop.annotate()
    notes = shop.manifest("team/app:1")["annotations"]
    assert notes[BASE_DIGEST] == str(shop.digest("os:1"))


def test_a_dry_run_and_another_tag(shop: Shop) -> None:
    before = shop.digest("team/app:1")
    told = shop.annotate(write=False)
    assert shop.digest("team/app:1") == before
    written = shop.annotate(tag="named")
    assert written.digest == told.digest == str(shop.digest("team/app:named"))
    with pytest.raises(BadInput, match="is there already"):
        shop.annotate(tag="1")


def test_a_base_that_the_layers_belie(shop: Shop) -> None:
    with pytest.raises(NotRebasable, match="does not stand on"):
        shop.annotate(base=shop.name("os:2"))


def test_an_index_with_its_attestation(shop: Shop) -> None:
    images = {
        f"linux/{name}": shop.image("multi:", [BASE, APP], architecture=name)
        for name in ("amd64", "arm64")
    }
    shop.image("plain/os:1", [BASE])
    shop.registry.add_index("multi", "1", images)
    index = shop.manifest("multi:1")
    entry = {
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "digest": str(shop.image("multi:", [APP]).digest),
        "size": 3,
        "platform": {"os": "unknown", "architecture": "unknown"},
        "annotations": {
            "vnd.docker.reference.type": "attestation-manifest",
            "vnd.docker.reference.digest": index["manifests"][0]["digest"],
        },
    }
    index["manifests"].append(entry)
    shop.registry.add_manifest("multi", index, "1", OCI_INDEX)
    shop.annotate("multi:1", base=shop.name("plain/os:1"))
    made = shop.manifest("multi:1")
    assert made["annotations"][BASE_NAME] == shop.name("plain/os:1")
    digests = [one["digest"] for one in made["manifests"]]
    for digest in digests[:2]:
        assert BASE_DIGEST in shop.manifest(f"multi@{digest}")["annotations"]
    assert digests[2] == entry["digest"]
    notes = made["manifests"][2]["annotations"]
    assert notes["vnd.docker.reference.digest"] == digests[0]
    shop.session = replace(shop.session, platform=Platform("linux", "arm64"), platform_asked=True)
    with pytest.raises(NotRebasable, match="annotated whole"):
        shop.annotate("multi:1")


def test_docker_manifests_hold_no_annotations(shop: Shop) -> None:
    manifest = {**shop.manifest("team/app:1"), "mediaType": DOCKER}
    shop.registry.add_manifest("team/app", manifest, "1", DOCKER)
    with pytest.raises(NotRebasable, match="holds no annotations"):
        shop.annotate(base=shop.name("os:1"))
    # a rebase makes an OCI manifest of it
    assert shop.rebase(old_base=shop.name("os:1")).written
    assert "oci" in shop.manifest("team/app:2")["mediaType"]


def test_in_a_layout(shop: Shop, tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path)
    builder.add_image([BASE, APP], tag="app", annotations={"own": "1"})
    builder.add_image([APP], tag="other")
    shop.image("plain/os:1", [BASE])
    other = json.loads((tmp_path / "index.json").read_bytes())["manifests"][1]
    report = annotate(f"oci:{tmp_path}:app", shop.session, base=shop.name("plain/os:1"))
    entries = json.loads((tmp_path / "index.json").read_bytes())["manifests"]
    assert [entry["digest"] for entry in entries] == [report.digest, other["digest"]]
    assert entries[1] == other
    manifest = json.loads(builder.blob_path(report.digest).read_bytes())
    assert manifest["annotations"].keys() == {"own", BASE_NAME, BASE_DIGEST}


def test_a_base_without_a_name_for_others(shop: Shop, tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path)
    builder.add_image([BASE, APP], tag="app")
    builder.add_image([BASE], tag="base")
    with pytest.raises(NotRebasable, match="in no registry"):
        annotate(f"oci:{tmp_path}:app", shop.session, base=f"oci:{tmp_path}:base")
