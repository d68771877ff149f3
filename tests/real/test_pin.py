"""Pins against a real registry, judged by skopeo and git."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from rig.bedplate_command import Bedplate

if TYPE_CHECKING:
    from pathlib import Path

    from rig.registries import Pushed, Registry

pytestmark = pytest.mark.real("docker-registry", "skopeo")


def _digest(reference: str) -> str:
    """Ask skopeo for the digest of what a tag points at, index or manifest."""
    words = ["skopeo", "inspect", "--raw", "--tls-verify=false", f"docker://{reference}"]
    raw = subprocess.run(words, check=True, capture_output=True).stdout
    done = subprocess.run(
        ["skopeo", "manifest-digest", "/dev/stdin"], input=raw, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def test_pins_are_the_digests_that_skopeo_sees(
    pushed: Pushed, registry_process: Registry, tmp_path: Path
) -> None:
    multi, slim = pushed.oci["multi"], pushed.oci["slim"]
    file = tmp_path / "Dockerfile"
    file.write_text(f"FROM {multi} AS a\nFROM {slim}\nCOPY --from={multi} /a /a\n")
    before = len(registry_process.requests())
    result = Bedplate(tmp_path).run("pin")
    assert result.code == 0, result.stderr
    asked = registry_process.requests()[before:]
    assert sorted(request.split()[0] for request in asked) == ["HEAD", "HEAD"]
    one, two = (f"{name}@{_digest(name)}" for name in (multi, slim))
    assert file.read_text() == f"FROM {one} AS a\nFROM {two}\nCOPY --from={one} /a /a\n"
    assert Bedplate(tmp_path).run("pin", "--verify").code == 0


def test_a_single_manifest_is_said_so_and_drift_is_found(pushed: Pushed, tmp_path: Path) -> None:
    slim, app = pushed.oci["slim"], pushed.oci["app"]
    file = tmp_path / "compose.yaml"
    file.write_text(f"services:\n  a:\n    image: {slim}\n")
    result = Bedplate(tmp_path).run("pin", "--format", "json")
    (pin,) = json.loads(result.stdout)["pins"]
    assert "one platform" in pin["note"]
    # as if the tag had been on another image when it was pinned
    name, _, tag = app.rpartition(":")
    file.write_text(f"services:\n  a:\n    image: {name}:{tag}@{pin['digest']}\n")
    checked = Bedplate(tmp_path).run("pin", "--verify")
    assert checked.code == 1
    assert _digest(app) in checked.stdout
