"""Images with in-toto statements beside them in an index, as BuildKit leaves them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.testing.layout_builder import LayoutBuilder
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SPDX = "https://spdx.dev/Document"
OPENVEX = "https://openvex.dev/ns/v0.2.0"


def statement(kind: str, predicate: object) -> bytes:
    """Wrap a predicate."""
    head = {"_type": "https://in-toto.io/Statement/v0.1", "predicateType": kind, "subject": []}
    return json.dumps({**head, "predicate": predicate}).encode()


def attest(layout: Path, tag: str, folder: Path, statements: Mapping[str, bytes]) -> Path:
    """Write an index of an image and its statements.

    Args:
        layout: has the image.
        tag: its name, in both layouts.
        folder: for the new layout.
        statements: by predicate type.
    """
    run(["skopeo", "copy", "--quiet", f"oci:{layout}:{tag}", f"oci:{folder}:{tag}"])
    [image] = json.loads((folder / "index.json").read_bytes())["manifests"]
    # BuildKit writes the platform down, and no name
    image = {**image, "platform": {"os": "linux", "architecture": "amd64"}, "annotations": {}}
    builder = LayoutBuilder(folder)
    builder.add_index([image, builder.add_attestation(image, statements)], tag)
    return folder
