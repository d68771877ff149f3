"""Images put onto other bases, in a registry and in layouts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.errors import (
    BadInput,
    ImageNotFound,
    NotRebasable,
    PlatformNotFound,
    RateLimited,
    UnsupportedMediaType,
)
from bedplate.facts.catalog import Catalog
from bedplate.flows.inspect import inspect
from bedplate.flows.rebase import rebase
from bedplate.flows.rebase_request import RebaseRequest, target_name
from bedplate.images.image_targets.remote import RemoteTarget
from bedplate.model.platform import Platform
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.registry.opening import open_client
from bedplate.registry.settings import Mirror, RegistryRule, RegistrySettings
from bedplate.testing.elf_builder import ElfBuilder
from bedplate.testing.layer_builder import layer_tar, pack
from bedplate.testing.layout_builder import LayoutBuilder
from bedplate.testing.registry import MemoryRegistry, Stored
from bedplate.testing.sample_roots import GLIBC, LD_LINUX, library, program

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shop

APP = layer_tar({"srv/app/main.py": b"print()"})
PASSWD = b"root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/sh\n"
BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"
LIBC, LIBC_SO = "lib/x86_64-linux-gnu/libc.so.6", library(soname="libc.so.6")
FOREIGN = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"


def base_layer(release: str) -> bytes:
    release_file = f"ID=debian\nVERSION_ID={release}\n".encode()
    files = {"etc/os-release": release_file, "etc/passwd": PASSWD, "bin/sh": b"#!shell"}
    return layer_tar(files)


def test_the_base_layers_are_swapped_and_the_rest_stays(shop: Shop) -> None:
    report = shop.rebase()
    made, before = shop.manifest("team/app:2"), shop.manifest("team/app:1")
    assert made["layers"] == [*shop.manifest("os:2")["layers"], *before["layers"][1:]]
    config = shop.config("team/app:2")
    assert config["rootfs"]["diff_ids"] == [layer["digest"] for layer in made["layers"]]
    assert config["config"]["Env"] == ["PATH=/srv/bin:/bin:/sbin", "RELEASE=13", "OWN=yes"]
    assert config["config"]["User"] == "web"
    assert made["annotations"] == {
        BASE_NAME: shop.name("os:2"),
        BASE_DIGEST: str(shop.digest("os:2")),
    }
    assert report.written
    assert report.digest == str(shop.digest("team/app:2"))
    assert report.platforms[0].old_base.confidence == "certain"


def test_the_new_image_is_one_that_bedplate_reads(shop: Shop) -> None:
    shop.rebase()
    [facts] = inspect(shop.name("team/app:2"), shop.session)
    assert facts.distro is not None
    assert facts.distro.version == "13"
    [base] = facts.bases
    assert (base.reference, base.digest) == (shop.name("os:2"), str(shop.digest("os:2")))


def test_blobs_are_mounted_and_the_manifest_comes_last(shop: Shop) -> None:
    report = shop.rebase()
    assert report.blobs == {"held": 1, "mounted": 1, "copied": 0, "copied_bytes": 0}
    config = shop.manifest("team/app:2")["config"]["digest"]
    uploads = shop.sent("PUT")
    assert [config in path for path in uploads] == [True, False]
    assert uploads[-1] == "team/app/manifests/2"


def test_what_a_registry_does_not_mount_is_copied(shop: Shop) -> None:
    shop.registry.faults.no_mounts = True  # as the specification allows
    report = shop.rebase()
    layer = shop.manifest("os:2")["layers"][0]
    assert f"team/app/blobs/uploads/?mount={layer['digest']}&from=os" in shop.sent("POST")
    assert report.blobs["copied"] == 1
    assert report.blobs["copied_bytes"] == layer["size"]


def test_the_same_again_gives_the_same_digest(shop: Shop) -> None:
    first = shop.rebase()
    second = shop.rebase(tag="3")
    assert first.digest == second.digest
    assert second.blobs["mounted"] == second.blobs["copied"] == 0


def test_a_name_that_is_taken_is_left_alone(shop: Shop) -> None:
    before = shop.digest("os:1")
    with pytest.raises(BadInput, match="is there already"):
        shop.rebase(tag="1")
    with pytest.raises(BadInput, match="is there already"):
        shop.rebase(tag="")
    with pytest.raises(BadInput, match="is there already"):
        shop.rebase(tag=shop.name("os:1"))
    assert shop.digest("os:1") == before
    assert shop.sent("PUT") == []
    assert shop.rebase(tag="", overwrite=True).digest == str(shop.digest("team/app:1"))


def test_a_tag_that_somebody_moved_meanwhile_is_left_alone(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = RemoteTarget.put_blob

    def put_blob(self: RemoteTarget, content: bytes, media_type: str) -> Any:
        shop.image("team/app:2", [APP])
        return real(self, content, media_type)

    monkeypatch.setattr(RemoteTarget, "put_blob", put_blob)
    with pytest.raises(BadInput, match="changed by somebody else"):
        shop.rebase()
    assert len(shop.manifest("team/app:2")["layers"]) == 1


def test_a_mirror_that_is_behind_overwrites_nothing(shop: Shop) -> None:
    with MemoryRegistry() as mirror:
        mirror.stored = Stored(
            dict(shop.registry.stored.blobs), dict(shop.registry.stored.manifests)
        )
        shop.image("team/app:1", [base_layer("12"), APP, APP], base="os:1")
        newer = shop.digest("team/app:1")
        rule = RegistryRule(shop.registry.host, mirrors=(Mirror(mirror.host),))
        client = open_client(RegistrySettings((rule,)), CredentialPlaces())
        shop.session = replace(
            shop.session, access=replace(shop.session.access, registry=lambda: client)
        )
        with pytest.raises(BadInput, match="something else is there now"):
            shop.rebase(tag="", overwrite=True)
        client.close()
    assert shop.digest("team/app:1") == newer


def test_an_image_that_only_sets_something(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("12")], {"Cmd": ["x"]}, "os:1")
    assert shop.rebase(old_base=shop.name("os:1")).platforms[0].app_layers == 0
    assert shop.manifest("team/app:2")["layers"] == shop.manifest("os:2")["layers"]
    assert shop.config("team/app:2")["config"]["Cmd"] == ["x"]


def test_a_dry_run_sends_nothing_and_tells_the_digest(shop: Shop) -> None:
    told = shop.rebase(write=False)
    assert (told.written, shop.sent("PUT"), shop.sent("POST")) == (False, [], [])
    assert shop.rebase().digest == told.digest


def test_the_base_is_named_by_hand(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("12"), APP])
    with pytest.raises(NotRebasable, match="is not known"):
        shop.rebase()
    assert shop.rebase(old_base=shop.name("os:1")).written


def test_layers_that_are_not_those_of_the_base(shop: Shop) -> None:
    with pytest.raises(NotRebasable, match=r"layer 1 of 1 is .*, that of the base"):
        shop.rebase(old_base=shop.name("os:2"))
    shop.image("many:1", [base_layer("12"), APP, APP])
    with pytest.raises(NotRebasable, match="it has 2 layers, the base 3"):
        shop.rebase(old_base=shop.name("many:1"))


def test_an_annotation_that_the_layers_belie(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("11"), APP], base="os:1")
    with pytest.raises(NotRebasable, match="does not stand on"):
        shop.rebase()


def test_a_base_that_is_gone(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("12"), APP], base="os:none")
    with pytest.raises(NotRebasable, match="os:none is not in"):
        shop.rebase()
    with pytest.raises(ImageNotFound):
        shop.rebase(onto="os:none")


def test_the_catalog_knows_the_base_by_its_layers(shop: Shop, tmp_path: Path) -> None:
    shop.session = replace(shop.session, catalog=Catalog.open(tmp_path))
    [facts] = inspect(shop.name("os:1"), shop.session)
    shop.session.catalog.add(facts)
    shop.image("team/app:1", [base_layer("12"), APP])
    [platform] = shop.rebase().platforms
    assert platform.old_base.reference == shop.name("os:1")
    assert "by layer digest" in platform.old_base.evidence


def test_on_it_already(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("12"), APP], {"User": "ghost"}, "os:1")
    report = shop.rebase(onto="os:1")
    assert not report.written
    assert not report.blocked
    assert "already" in report.notes[0]
    assert report.digest == str(shop.digest("team/app:1"))


def test_the_same_layer_packed_in_another_way(shop: Shop) -> None:
    layer = base_layer("12")
    packed = shop.registry.add_blob(pack(layer, "gzip"), f"{LAYER}+gzip")
    manifest = shop.manifest("team/app:1")
    manifest["layers"][0] = {
        "mediaType": packed.media_type,
        "digest": str(packed.digest),
        "size": packed.size,
    }
    shop.registry.add_manifest("team/app", manifest, "1")
    assert shop.rebase().written


@pytest.mark.parametrize(
    ("media_type", "said"), [(FOREIGN, "foreign"), (f"{LAYER}+gzip+encrypted", "encrypted")]
)
@pytest.mark.parametrize("where", ["team/app:1", "os:2"])
def test_layers_that_nobody_can_move(shop: Shop, media_type: str, said: str, where: str) -> None:
    manifest = shop.manifest(where)
    manifest["layers"][0]["mediaType"] = media_type
    repository, _, tag = where.partition(":")
    shop.registry.add_manifest(repository, manifest, tag)
    with pytest.raises(UnsupportedMediaType, match=said):
        shop.rebase(old_base=shop.name("os:1"))


def test_schema_1(shop: Shop) -> None:
    document = {"schemaVersion": 1, "name": "x", "tag": "1", "fsLayers": [], "history": []}
    kind = "application/vnd.docker.distribution.manifest.v1+prettyjws"
    shop.registry.add_manifest("old", document, "1", kind)
    with pytest.raises(UnsupportedMediaType, match="schema 1"):
        shop.rebase(image="old:1")


def test_documents_that_do_not_agree(shop: Shop) -> None:
    manifest = shop.manifest("team/app:1")
    del manifest["layers"][1]
    shop.registry.add_manifest("team/app", manifest, "1")
    with pytest.raises(NotRebasable, match="its manifest lists 1 layers, its configuration 2"):
        shop.rebase()


def test_a_layer_that_the_registry_lost_leaves_no_tag(shop: Shop) -> None:
    shop.rebase(write=False)  # the layers are known from now on
    digest = shop.manifest("os:2")["layers"][0]["digest"]
    del shop.registry.stored.blobs[digest]
    with pytest.raises(ImageNotFound):
        shop.rebase()
    assert ("team/app", "2") not in shop.registry.stored.manifests


def test_a_rate_limit_in_the_middle_leaves_no_tag(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = RemoteTarget.bring

    def bring(self: RemoteTarget, *words: Any) -> Any:
        shop.registry.faults.refuse_with = [429] * 20
        shop.registry.faults.refuse_headers = {"Retry-After": "9999"}
        return real(self, *words)

    monkeypatch.setattr(RemoteTarget, "bring", bring)
    with pytest.raises(RateLimited):
        shop.rebase()
    shop.registry.faults.refuse_with = []
    assert ("team/app", "2") not in shop.registry.stored.manifests
    monkeypatch.undo()
    assert shop.rebase().written  # and the next run goes on from there


def test_created_is_what_was_asked_for(shop: Shop) -> None:
    shop.image("team/app:1", [base_layer("12"), APP], None, "os:1", created="2020-01-01T00:00:00Z")
    shop.rebase()
    assert shop.config("team/app:2")["created"] == "2020-01-01T00:00:00Z"
    shop.rebase(tag="3", created="2026-11-27T00:00:00Z")
    assert shop.config("team/app:3")["created"] == "2026-11-27T00:00:00Z"


# -- several platforms -----------------------------------------------------------------


def multi(shop: Shop, path: str, layers: dict[str, list[bytes]], base: str = "") -> None:
    repository, _, tag = path.partition(":")
    found = {}
    for platform, tars in layers.items():
        config = {"architecture": platform.partition("/")[2]}
        found[platform] = shop.image(f"{repository}:", tars, None, base, **config)
    shop.registry.add_index(repository, tag, found)


@pytest.fixture
def many(shop: Shop) -> Shop:
    both = ("linux/amd64", "linux/arm64")
    for tag, release in (("1", "12"), ("2", "13")):
        layers = {each: [base_layer(f"{release}-{each}")] for each in both}
        multi(shop, f"multi/os:{tag}", layers)
    app = {each: [base_layer(f"12-{each}"), APP] for each in both}
    multi(shop, "multi/app:1", app, "multi/os:1")
    return shop


def test_every_platform_of_an_index(many: Shop) -> None:
    report = many.rebase("multi/os:2", "multi/app:1")
    assert [one.platform for one in report.platforms] == ["linux/amd64", "linux/arm64"]
    index = many.manifest("multi/app:2")
    assert index["annotations"][BASE_DIGEST] == str(many.digest("multi/os:2"))
    entries = index["manifests"]
    assert [entry["platform"]["architecture"] for entry in entries] == ["amd64", "arm64"]
    for entry in entries:
        manifest = many.manifest(f"multi/app@{entry['digest']}")
        assert manifest["annotations"][BASE_NAME] == many.name("multi/os:2")
    assert many.sent("PUT")[-1] == "multi/app/manifests/2"


def test_one_platform_of_an_index(many: Shop) -> None:
    session = replace(many.session, platform=Platform("linux", "arm64"), platform_asked=True)
    many.session = session
    report = many.rebase("multi/os:2", "multi/app:1")
    assert "linux/arm64 alone" in " ".join(report.notes)
    assert many.config("multi/app:2")["architecture"] == "arm64"


def test_a_base_without_one_of_the_platforms(many: Shop) -> None:
    multi(many, "multi/os:3", {"linux/amd64": [base_layer("14")]})
    with pytest.raises(PlatformNotFound, match="arm64"):
        many.rebase("multi/os:3", "multi/app:1")
    assert many.sent("PUT") == []


def test_a_lone_base_for_another_processor(shop: Shop) -> None:
    shop.image("os:arm", [base_layer("13")], architecture="arm64")
    with pytest.raises(PlatformNotFound, match=r"is for linux/arm64, .* for linux/amd64"):
        shop.rebase(onto="os:arm")


def test_attestations_of_the_image_before_are_left_out(many: Shop) -> None:
    index = many.manifest("multi/app:1")
    attestation = many.image("multi/app:", [APP], variant="v9")
    index["manifests"].append(
        {
            "mediaType": attestation.media_type,
            "digest": str(attestation.digest),
            "size": attestation.size,
            "platform": {"os": "unknown", "architecture": "unknown"},
            "annotations": {
                "vnd.docker.reference.type": "attestation-manifest",
                "vnd.docker.reference.digest": index["manifests"][0]["digest"],
            },
        }
    )
    many.registry.add_manifest("multi/app", index, "1", OCI_INDEX)
    report = many.rebase("multi/os:2", "multi/app:1")
    assert len(many.manifest("multi/app:2")["manifests"]) == 2
    assert any(note.startswith("1 attestation of the image") for note in report.notes)


# -- what speaks against it ------------------------------------------------------------


def test_packages_on_top_of_the_old_base_stop_it(shop: Shop) -> None:
    database = layer_tar({"var/lib/dpkg/status": b"Package: x\n"})
    shop.image("dpkg:1", [database])
    shop.image("dpkg:2", [layer_tar({"var/lib/dpkg/status": b"Package: y\n"})])
    own = layer_tar({"var/lib/dpkg/status": b"Package: x\n\nPackage: z\n"})
    shop.image("team/app:1", [database, own], base="dpkg:1")
    report = shop.rebase(onto="dpkg:2")
    [concern] = [one for one in report.platforms[0].concerns if one.blocks]
    assert "var/lib/dpkg/status" in concern.message
    assert (report.blocked, report.written, shop.sent("PUT")) == (True, False, [])
    forced = shop.rebase(onto="dpkg:2", force=True)
    assert (forced.blocked, forced.written, forced.forced) == (True, True, True)


def test_a_program_that_the_new_base_does_not_start_stops_it(shop: Shop) -> None:
    debian = layer_tar({GLIBC: LD_LINUX, LIBC: LIBC_SO})
    newer = layer_tar({GLIBC: LD_LINUX, LIBC: LIBC_SO, "etc/x": b"2"})
    shop.image("libc:1", [debian])
    shop.image("libc:2", [newer])
    shop.image("libc:none", [layer_tar({"etc/x": b"2"})])
    own = layer_tar({"srv/program": program("libc.so.6")})
    shop.image("team/app:1", [debian, own], base="libc:1")
    report = shop.rebase(onto="libc:none")
    [proof] = report.platforms[0].proofs
    assert (proof.path, proof.outcome, report.written) == ("srv/program", "fails", False)
    assert shop.rebase(onto="libc:2").written


def test_what_fails_on_the_old_base_too_is_no_reason(shop: Shop) -> None:
    built = ElfBuilder(type="executable", interpreter="/lib/ld-nowhere.so.1").build()
    own = layer_tar({"srv/program": built})
    shop.image("team/app:1", [base_layer("12"), own], base="os:1")
    report = shop.rebase()
    assert report.written
    assert "as on the old base" in report.platforms[0].notes[0]


def test_a_user_that_the_new_base_does_not_have_stops_it(shop: Shop) -> None:
    shop.image("os:3", [layer_tar({"etc/passwd": b"root:x:0:0::/:/bin/sh\n"})])
    report = shop.rebase(onto="os:3")
    assert not report.written
    assert "user web" in report.platforms[0].concerns[0].message


def test_without_reading_layers_nothing_is_proved(shop: Shop) -> None:
    shop.session = replace(shop.session, pull=False)
    report = shop.rebase()
    assert (report.blocked, report.written) == (True, False)
    assert "not read" in report.platforms[0].unproved
    assert shop.rebase(force=True).written


# -- layouts ---------------------------------------------------------------------------


@pytest.fixture
def layout(tmp_path: Path) -> LayoutBuilder:
    builder = LayoutBuilder(tmp_path / "layout")
    builder.add_image([base_layer("12")], tag="old")
    builder.add_image([base_layer("13")], tag="new", compression="zstd")
    builder.add_image([base_layer("12"), APP], tag="app", created_by=["base", "COPY . /srv"])
    return builder


def test_in_a_layout(shop: Shop, layout: LayoutBuilder) -> None:
    place = f"oci:{layout.folder}"
    request = RebaseRequest(f"{place}:app", f"{place}:new", f"{place}:old", tag="moved")
    report = rebase(request, shop.session)
    assert report.written
    assert report.blobs["held"] == 2
    index = json.loads((layout.folder / "index.json").read_bytes())
    names = [e["annotations"]["org.opencontainers.image.ref.name"] for e in index["manifests"]]
    assert names == ["old", "new", "app", "moved"]
    [facts] = inspect(f"{place}:moved", shop.session)
    assert facts.distro is not None
    assert facts.distro.version == "13"
    assert any("no annotation names it" in note for note in report.notes)


def test_from_a_layout_onto_a_base_in_a_registry_and_back(
    shop: Shop, layout: LayoutBuilder
) -> None:
    place = f"oci:{layout.folder}"
    request = RebaseRequest(f"{place}:app", shop.name("os:2"), shop.name("os:1"), tag="moved")
    assert rebase(request, shop.session).blobs["copied"] == 1
    up = replace(request, tag=shop.name("team/other:1"))
    report = rebase(up, shop.session)
    assert (report.blobs["mounted"], report.blobs["copied"]) == (1, 1)
    [there] = inspect(shop.name("team/other:1"), shop.session)
    [here] = inspect(f"{place}:moved", shop.session)
    assert there.manifest_digest == here.manifest_digest


def test_a_damaged_layer_in_a_layout_is_never_named(shop: Shop, layout: LayoutBuilder) -> None:
    place = f"oci:{layout.folder}"
    request = RebaseRequest(f"{place}:app", f"{place}:new", f"{place}:old", shop.name("x/y:1"))
    rebase(replace(request, write=False), shop.session)
    manifest = json.loads((layout.folder / "index.json").read_bytes())["manifests"][1]
    layer = json.loads(layout.blob_path(manifest["digest"]).read_bytes())["layers"][0]
    content = layout.blob_path(layer["digest"]).read_bytes()
    layout.blob_path(layer["digest"]).write_bytes(content[:-1] + b"\0")
    with pytest.raises(BadInput, match="not those of"):
        rebase(request, shop.session)
    assert ("x/y", "1") not in shop.registry.stored.manifests


@pytest.mark.parametrize(
    ("image", "tag", "name"),
    [
        ("node:20", "21", "docker.io/library/node:21"),
        ("node:20", "", "node:20"),
        ("h.io/a/b@sha256:" + "0" * 64, "x", "h.io/a/b:x"),
        ("node:20", "h.io/a:1", "h.io/a:1"),
        ("oci:dir:tag", "other", "oci:dir:other"),
        ("oci:dir", "", "oci:dir"),
        ("docker-archive:f.tar", "oci:dir:x", "oci:dir:x"),
    ],
)
def test_where_a_result_goes(image: str, tag: str, name: str) -> None:
    assert str(target_name(image, tag)) == name


@pytest.mark.parametrize(
    ("image", "tag"), [("a@sha256:" + "0" * 64, ""), ("dir:x", ""), ("oci-archive:x", "y")]
)
def test_where_no_result_can_go(image: str, tag: str) -> None:
    with pytest.raises(BadInput):
        target_name(image, tag)
