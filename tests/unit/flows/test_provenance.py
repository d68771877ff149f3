"""Bases that a builder attested beside the image."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from bedplate.flows.inspect import inspect
from bedplate.flows.opening import open_session
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path

BASE = "pkg:docker/node@20-slim?platform=linux%2Famd64"
DIGEST = "9e24e50c93b2" + "0" * 52


def attested(folder: Path, statement: bytes) -> str:
    """Write an index of an image and what its builder attested of it."""
    builder = LayoutBuilder(folder)
    image = builder.add_image([layer_tar({"etc/os-release": b"ID=debian\n"})], listed=False)
    said = {"https://slsa.dev/provenance/v0.2": statement}
    builder.add_index([image, builder.add_attestation(image, said)])
    return f"oci:{folder}"


def test_the_base_that_provenance_names_is_stated(tmp_path: Path) -> None:
    materials = [{"uri": BASE, "digest": {"sha256": DIGEST}}]
    statement = {
        "_type": "https://in-toto.io/Statement/v0.1",
        "predicateType": "https://slsa.dev/provenance/v0.2",
        "predicate": {"materials": materials},
    }
    name = attested(tmp_path / "l", json.dumps(statement).encode())
    [facts] = inspect(name, open_session(today=dt.date(2026, 11, 23)))
    [base] = facts.bases
    assert (base.reference, base.confidence) == ("docker.io/library/node:20-slim", "stated")
    assert DIGEST in base.digest
    assert facts.platforms == ("linux/amd64",)


def test_broken_provenance_takes_nothing_from_the_rest(tmp_path: Path) -> None:
    [facts] = inspect(attested(tmp_path / "l", b"{not json"), open_session())
    assert facts.bases == ()
    assert facts.distro is not None
    assert facts.distro.id == "debian"
