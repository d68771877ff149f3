"""Installed conda packages."""

from __future__ import annotations

import json

import pytest

from bedplate.inventory.package_formats import conda
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

PATH = "opt/conda/conda-meta/zlib-1.3-h0_1.json"


def read(content: bytes) -> list[object]:
    return list(conda.read(MemoryTree({PATH: content}, conda.WANTS, {PATH: 1})))


def test_a_record_with_files_below_its_environment() -> None:
    record = {
        "name": "zlib",
        "version": "1.3",
        "build": "h0_1",
        "channel": "https://conda.example.org/main/linux-64",
        "subdir": "linux-64",
        "license": "Zlib",
        "files": ["lib/libz.so.1", "../../etc/shadow"],
    }
    assert read(json.dumps(record).encode()) == [
        Package(
            "conda",
            "zlib",
            "1.3",
            architecture="linux-64",
            licenses=("Zlib",),
            purl="pkg:conda/zlib@1.3?build=h0_1&channel=main&subdir=linux-64",
            location=PATH,
            layer=1,
            files=("opt/conda/lib/libz.so.1",),
        )
    ]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"name": "zlib"}', b'{"version": "1.3"}'])
def test_what_names_no_package_is_said(content: bytes) -> None:
    (one,) = read(content)
    assert isinstance(one, Skipped)
    assert one.what == PATH
