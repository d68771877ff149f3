"""Installed npm packages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.npm_packages import licenses_of, name_in_folder
from bedplate.inventory.package_formats import npm
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree


def read(files: dict[str, bytes | str], layers: dict[str, int] | None = None) -> list[object]:
    return list(npm.read(MemoryTree(files, npm.WANTS, layers)))


def manifest(name: str, version: str, **more: object) -> bytes:
    return json.dumps({"name": name, "version": version, **more}).encode()


def found(files: dict[str, bytes | str]) -> set[tuple[str, str]]:
    return {(one.name, one.version) for one in read(files) if isinstance(one, Package)}


def test_a_package_with_scope_licence_layer_and_purl() -> None:
    path = "usr/local/lib/node_modules/@acme/tool/package.json"
    files: dict[str, bytes | str] = {path: manifest("@acme/tool", "1.2.3", license="MIT")}
    assert read(files, {path: 4}) == [
        Package(
            "npm",
            "@acme/tool",
            "1.2.3",
            licenses=("MIT",),
            purl="pkg:npm/%40acme/tool@1.2.3",
            location=path,
            layer=4,
        )
    ]


def test_bundled_packages_and_the_stores_of_pnpm_count() -> None:
    assert found({
        "usr/lib/node_modules/npm/package.json": manifest("npm", "11.0.0"),
        "usr/lib/node_modules/npm/node_modules/ini/package.json": manifest("ini", "5.0.0"),
        "app/node_modules/.pnpm/ms@2.1.3/node_modules/ms/package.json": manifest("ms", "2.1.3"),
        "app/node_modules/ms": ".pnpm/ms@2.1.3/node_modules/ms",
        "opt/yarn-v1.22.22/package.json": manifest("yarn", "1.22.22"),
    }) == {("npm", "11.0.0"), ("ini", "5.0.0"), ("ms", "2.1.3"), ("yarn", "1.22.22")}  # fmt: skip


def test_what_a_package_manager_brings_along_is_told_from_the_rest() -> None:
    root = "usr/local/lib/node_modules"
    files: dict[str, bytes | str] = {
        f"{root}/npm/package.json": manifest("npm", "11.0.0"),
        f"{root}/npm/node_modules/ini/package.json": manifest("ini", "5.0.0"),
        f"{root}/npm/node_modules/a/node_modules/npm/package.json": manifest("npm", "1.0.0"),
        f"{root}/npm/node_modules/a/node_modules/npm/node_modules/b/package.json": manifest(
            "b", "2.0.0"
        ),
        f"{root}/tool/package.json": manifest("tool", "1.0.0"),
        f"{root}/tool/node_modules/ini/package.json": manifest("ini", "4.0.0"),
        f"{root}/npm-check/node_modules/ini/package.json": manifest("ini", "3.0.0"),
    }
    packages = [one for one in read(files) if isinstance(one, Package)]
    bundled = {f"{one.name}@{one.version}": one.bundled_in for one in packages}
    assert bundled == {
        "npm@11.0.0": "",
        "ini@5.0.0": "npm@11.0.0",
        "npm@1.0.0": "npm@11.0.0",
        "b@2.0.0": "npm@11.0.0",
        "tool@1.0.0": "",
        "ini@4.0.0": "",
        "ini@3.0.0": "",
    }


def test_packages_of_debian_s_node_count_where_debian_puts_them() -> None:
    files: dict[str, bytes | str] = {
        "usr/share/nodejs/semver/package.json": manifest("semver", "7.3.5"),
        "usr/share/nodejs/@babel/core/package.json": manifest("@babel/core", "7.20.12"),
        "usr/lib/x86_64-linux-gnu/nodejs/iconv/package.json": manifest("iconv", "3.0.0"),
        "usr/share/nodejs/semver/test/package.json": manifest("a-fixture", "1.0.0"),
    }
    assert found(files) == {("semver", "7.3.5"), ("@babel/core", "7.20.12"), ("iconv", "3.0.0")}


def test_files_that_stand_for_no_package_are_passed_over() -> None:
    assert not read({
        "app/package.json": manifest("app", "1.0.0"),
        "app/node_modules/a/dist/package.json": manifest("deeper", "1.0.0"),
        "app/node_modules/@s/package.json": b'{"type": "module"}',
        "app/node_modules/b/package.json": b'{"name": "b"}',
        "app/node_modules/c/package.json": b'{"name": "", "version": "1.0.0"}',
        "app/node_modules/d/package.json": b'{"name": 1, "version": ["1.0.0"]}',
    })  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"name": "\xff"}', b"[" * 100_000])
def test_a_broken_file_is_named_and_hides_no_other(content: bytes) -> None:
    good, bad = "a/node_modules/good/package.json", "a/node_modules/bad/package.json"
    one, two = sorted(
        read({good: manifest("good", "1.0.0"), bad: content}), key=lambda x: type(x).__name__
    )
    assert isinstance(one, Package)
    assert isinstance(two, Skipped)
    assert two.what == bad
    assert two.reason


def test_a_byte_order_mark_is_allowed() -> None:
    content = b"\xef\xbb\xbf" + manifest("a", "1.0.0")
    assert found({"node_modules/a/package.json": content}) == {("a", "1.0.0")}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("MIT", None), ("MIT",)),
        (({"type": "ISC", "url": "x"}, None), ("ISC",)),
        ((None, [{"type": "MIT"}, {"type": "Apache-2.0"}]), ("MIT", "Apache-2.0")),
        ((["MIT", "MIT"], None), ("MIT",)),
        (({"name": "BSD"}, None), ("BSD",)),
        ((None, None), ()),
        ((7, [None, {}]), ()),
    ],
)
def test_licences_in_every_form(fields: tuple[object, ...], expected: tuple[str, ...]) -> None:
    assert licenses_of(*fields) == expected


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("node_modules/a/package.json", "a"),
        ("x/node_modules/@s/a/package.json", "@s/a"),
        ("x/node_modules/a/node_modules/b", "b"),
        ("x/my_node_modules/a/package.json", ""),
        ("node_modules/a/lib/package.json", ""),
        ("node_modules/@s/package.json", ""),
        ("packages/a", ""),
    ],
)
def test_names_of_folders(path: str, name: str) -> None:
    assert name_in_folder(path) == name


@given(st.binary(max_size=200))
def test_any_bytes_give_values_not_exceptions(content: bytes) -> None:
    for one in read({"node_modules/a/package.json": content}):
        assert isinstance(one, Package | Skipped)
