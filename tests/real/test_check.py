"""A check against a real registry: red, the edits that it names, green."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rig.bedplate_command import Bedplate
from rig.registries import push

from bedplate.testing.layout_builder import LayoutBuilder
from bedplate.testing.vulnerable_image import BASE, IN_MUSL, write_advisories

if TYPE_CHECKING:
    from pathlib import Path

    from rig.registries import Registry

pytestmark = pytest.mark.real("docker-registry", "skopeo")

POLICY = """\
[check]
scan = ["any,fixable"]
pins = "required"
[lint]
ignore = ["root-user"]
"""


def test_the_edits_that_are_named_turn_red_to_green(
    registry_process: Registry, registry: str, tmp_path: Path
) -> None:
    for tag, layer in (("1.0.0", BASE), ("1.0.1", BASE.replace(b"1.2.6-r2", b"1.2.6-r9"))):
        layout = tmp_path / tag
        builder = LayoutBuilder(layout)
        builder.add_index([builder.add_image([layer], listed=False)], tag)
        push(layout, tag, f"{registry}/checked:{tag}")
    write_advisories(tmp_path / "home/.cache/bedplate/advisories")
    home = Bedplate(tmp_path / "home")
    (home.home / "bedplate.toml").write_text(POLICY)
    file = home.home / "Dockerfile"
    file.write_text(f"FROM {registry}/checked:1.0.0@sha256:{'0' * 64}\nRUN true\n")
    words = ("check", "--no-update", "--platform", "linux/amd64")
    before = len(registry_process.requests())
    red = home.run(*words, "--format", "json")
    assert red.code == 1, red.stderr
    asked = [line for line in registry_process.requests()[before:] if "/manifests/" in line]
    assert max(Counter(line.split("?")[0] for line in asked).values()) == 1
    failing = [
        one for part in json.loads(red.stdout)["parts"] for one in part["problems"] if one["fails"]
    ]
    assert {one["rule"] for one in failing} == {"pin-gone"}
    for _ in range(3):  # what is behind a digest is seen once it is one that is there
        for one in failing:
            file.write_text(f"FROM {one['replacement']}\nRUN true\n")
        again = json.loads(home.run(*words, "--format", "json").stdout)
        failing = [one for part in again["parts"] for one in part["problems"] if one["fails"]]
    assert failing == []
    assert home.run(*words).code == 0
    file.write_text(f"FROM {registry}/checked:1.0.0\n")
    told = home.run(*words)
    assert told.code == 1
    assert IN_MUSL in told.stdout
    assert told.stdout == home.run(*words).stdout
