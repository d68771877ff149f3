"""Advisories pushed to docker-registry and pulled from it."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from rig.processes import run

from bedplate.advisories.artifact import ARTIFACT, pull_stores, push_stores
from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.packed_store import pack_stores
from bedplate.model.reference import Reference
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.registry.opening import open_client
from bedplate.registry.settings import RegistrySettings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real("docker-registry", "skopeo")


def test_stores_come_back_as_they_were_and_skopeo_sees_an_artifact(
    registry: str, tmp_path: Path
) -> None:
    packages = [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2026-1000"]}}}]
    source = tmp_path / "main.json"
    source.write_text(json.dumps({"distroversion": "v3.22", "packages": packages}))
    build_stores([source], tmp_path / "here", BuildOptions(built="2026-11-27T00:00:00Z"))
    reference = Reference.parse(f"{registry}/team/advisories:1")
    with contextlib.closing(open_client(RegistrySettings(), CredentialPlaces())) as client:
        push_stores(pack_stores(tmp_path / "here"), reference, client)
        # the second time the blobs are there already
        digest = push_stores(pack_stores(tmp_path / "here"), reference, client)
        pull_stores(reference, client, tmp_path / "there")
    sent, came = (tmp_path / side / "alpine-3.22.sqlite" for side in ("here", "there"))
    assert came.read_bytes() == sent.read_bytes()
    name = f"docker://{registry}/team/advisories@{digest}"
    raw = json.loads(run(["skopeo", "inspect", "--raw", "--tls-verify=false", name]))
    assert raw["artifactType"] == ARTIFACT
