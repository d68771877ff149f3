"""One image, all its platforms: what differs between them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path


def layout(folder: Path) -> str:
    builder = LayoutBuilder(folder)
    entries = []
    for architecture, version in (("amd64", "1.2.6-r2"), ("arm64", "1.2.6-r1")):
        files = {
            "etc/os-release": b"ID=alpine\nVERSION_ID=3.24.2\n",
            "lib/apk/db/installed": f"P:musl\nV:{version}\nA:x\n\n".encode(),
        }
        image = builder.add_image([layer_tar(files)], architecture=architecture, listed=False)
        entries.append(image)
    builder.add_index(entries)
    return f"oci:{folder}"


def test_the_platforms_of_one_image_are_laid_side_by_side(tmp_path: Path, shell: Any) -> None:
    name = layout(tmp_path / "l")
    assert shell.run("compare", "--platform", "all", name, "--format", "json") == 0
    report = json.loads(shell.out)
    assert [image["facts"]["platform"] for image in report["images"]] == [
        "linux/amd64",
        "linux/arm64",
    ]
    assert "1.2.6-r1" in json.dumps(report["platform_differences"])
    assert shell.run("compare", "--platform", "all", name) == 0
    assert "linux/arm64" in shell.out
    assert "musl" in shell.out


def test_one_image_alone_is_nothing_to_compare(tmp_path: Path, shell: Any) -> None:
    assert shell.run("compare", layout(tmp_path / "l")) == 2
    assert "nothing to compare" in shell.err
    assert "--platform all" in shell.err
