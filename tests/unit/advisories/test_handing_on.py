"""Stores carried in a file or through a registry; nothing takes its place unchecked."""

from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.advisories.archive import export_stores, import_stores
from bedplate.advisories.artifact import ARTIFACT, LAYER, pull_stores, push_stores
from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.packed_store import pack_stores
from bedplate.errors import (
    BadInput,
    BedplateError,
    DigestMismatch,
    ImageNotFound,
    InvalidDocument,
    RegistryError,
    Unauthorized,
    UnsupportedMediaType,
)
from bedplate.model.reference import Reference
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.registry.opening import open_client
from bedplate.registry.settings import RegistrySettings
from bedplate.testing.registry import Login, MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.registry.client import RegistryClient


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    """Three stores, of which one may not be handed on."""
    kev = {"catalogVersion": "1", "dateReleased": "2026-11-26", "vulnerabilities": []}
    kev["vulnerabilities"] = [{"cveID": "CVE-2026-1000", "dateAdded": "2026-02-03"}]

    def secdb(**head: str) -> dict[str, Any]:
        packages = [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2026-1000"]}}}]
        return {**head, "packages": packages}

    source = tmp_path / "source"
    source.mkdir()
    (source / "kev.json").write_text(json.dumps(kev))
    (source / "alpine.json").write_text(json.dumps(secdb(distroversion="v3.22")))
    (source / "wolfi.json").write_text(json.dumps(secdb(urlprefix="https://packages.wolfi.dev")))
    folder = tmp_path / "stores"
    build_stores([source], folder, BuildOptions(built="2026-11-27T00:00:00Z"))
    return folder


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as registry:
        yield registry


@pytest.fixture
def client() -> Iterator[RegistryClient]:
    client = open_client(RegistrySettings(), CredentialPlaces())
    yield client
    client.close()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_carries_what_may_be_handed_on(stores: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "advisories.tar", tmp_path / "there"
    export_stores(pack_stores(stores), file)
    read = import_stores(file, there)
    assert [manifest.name for manifest in read] == ["alpine-3.22", "kev"]
    sent = bytes_of(stores)
    del sent["wolfi.sqlite"]
    assert bytes_of(there) == sent


def test_asking_for_what_may_not_be_handed_on_is_refused(stores: Path) -> None:
    with pytest.raises(BadInput, match="may not be handed on"):
        pack_stores(stores, ["wolfi"])
    with pytest.raises(BadInput, match="no store npm"):
        pack_stores(stores, ["npm"])


def test_a_file_cut_off_or_damaged_changes_nothing(stores: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "advisories.tar", tmp_path / "there"
    export_stores(pack_stores(stores, ["kev"]), file)
    whole = file.read_bytes()
    there.mkdir()
    for length in (0, 1, 511, 512, 700, 1300, 1600):
        file.write_bytes(whole[:length])
        with pytest.raises(InvalidDocument, match=r"advisories\.tar"):
            import_stores(file, there)
    start = whole.index(b"\x28\xb5\x2f\xfd")
    for position in range(start, start + 400, 13):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        file.write_bytes(damaged)
        with pytest.raises(InvalidDocument):
            import_stores(file, there)
    assert bytes_of(there) == {}


@pytest.mark.parametrize("name", ["../../evil", ".hidden", "a/b", "", "A", "x" * 99])
def test_names_lead_nowhere_else(stores: Path, tmp_path: Path, name: str) -> None:
    packed = pack_stores(stores, ["kev"])
    file = tmp_path / "advisories.tar"
    export_stores(packed, file)
    with tarfile.open(file) as archive:
        members = {m.name: archive.extractfile(m) for m in archive.getmembers()}
        contents = {key: value.read() for key, value in members.items() if value}
    index = json.loads(contents["index.json"])
    index["stores"][0]["name"] = name
    contents["index.json"] = json.dumps(index).encode()
    contents[f"{name}.sqlite.zst"] = contents.pop("kev.sqlite.zst")
    with tarfile.open(file, "w") as archive:
        for key, content in contents.items():
            member = tarfile.TarInfo(key)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    with pytest.raises(InvalidDocument):
        import_stores(file, tmp_path / "there")


def test_a_registry_carries_them_too(
    stores: Path, tmp_path: Path, registry: MemoryRegistry, client: RegistryClient
) -> None:
    reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
    digest = push_stores(pack_stores(stores), reference, client)
    _, content = registry.stored.manifests["mirror/advisories", "latest"]
    manifest = json.loads(content)
    assert manifest["artifactType"] == ARTIFACT
    assert [layer["mediaType"] for layer in manifest["layers"]] == [LAYER, LAYER]
    assert [
        layer["annotations"]["org.opencontainers.image.title"] for layer in manifest["layers"]
    ] == [
        *("alpine-3.22", "kev"),
    ]
    assert ("mirror/advisories", str(digest)) in registry.stored.manifests
    pulled = pull_stores(reference, client, tmp_path / "there")
    assert [one.name for one in pulled] == ["alpine-3.22", "kev"]
    assert bytes_of(tmp_path / "there")["kev.sqlite"] == bytes_of(stores)["kev.sqlite"]
    (only,) = pull_stores(reference, client, tmp_path / "one", {"kev"})
    assert only.name == "kev"


def test_what_the_registry_holds_already_is_not_sent_again(
    stores: Path, registry: MemoryRegistry, client: RegistryClient
) -> None:
    reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
    push_stores(pack_stores(stores), reference, client)
    registry.requests.clear()
    push_stores(pack_stores(stores), reference, client)
    assert registry.paths("POST") == []
    assert registry.paths("PUT") == ["mirror/advisories/manifests/latest"]


def test_an_image_is_no_advisories(
    tmp_path: Path, registry: MemoryRegistry, client: RegistryClient
) -> None:
    registry.add_image("team/app", "1.0")
    with pytest.raises(UnsupportedMediaType, match="holds no advisories"):
        pull_stores(Reference.parse(f"{registry.host}/team/app:1.0"), client, tmp_path)
    with pytest.raises(ImageNotFound):
        pull_stores(Reference.parse(f"{registry.host}/team/app:2.0"), client, tmp_path)


def test_damaged_blobs_are_refused(
    stores: Path, tmp_path: Path, registry: MemoryRegistry, client: RegistryClient
) -> None:
    reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
    push_stores(pack_stores(stores), reference, client)
    registry.faults.corrupt_blobs = True
    with pytest.raises(DigestMismatch):
        pull_stores(reference, client, tmp_path / "there")
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("status", [401, 403, 404, 413, 500])
def test_a_registry_that_refuses_is_told(
    stores: Path, registry: MemoryRegistry, client: RegistryClient, status: int
) -> None:
    registry.faults.refuse_with = [status] * 9
    reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
    with pytest.raises(BedplateError) as told:
        push_stores(pack_stores(stores), reference, client)
    assert "\n" not in str(told.value)


def test_uploads_go_on_at_the_same_host_only(
    stores: Path, registry: MemoryRegistry, client: RegistryClient
) -> None:
    registry.faults.refuse_with = [404, 202]
    registry.faults.refuse_headers = {"Location": "http://127.0.0.1:9/v2/x/blobs/uploads/1"}
    reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
    with pytest.raises(RegistryError, match="another place"):
        push_stores(pack_stores(stores), reference, client)


def test_a_login_is_asked_for_pushing(stores: Path, client: RegistryClient) -> None:
    with MemoryRegistry(Login.BEARER) as registry:
        reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
        push_stores(pack_stores(stores), reference, client)
        assert ("mirror/advisories", "latest") in registry.stored.manifests
    with MemoryRegistry(Login.BASIC, user="u", password="p") as registry:
        reference = Reference.parse(f"{registry.host}/mirror/advisories:latest")
        with pytest.raises(Unauthorized):
            push_stores(pack_stores(stores), reference, client)
