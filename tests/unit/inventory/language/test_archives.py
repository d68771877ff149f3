"""Packages inside zip archives."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.inventory import zip_members as module
from bedplate.inventory.lock_formats import python_archive, vscode_extension
from bedplate.inventory.zip_members import zip_members
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped


def archive(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


METADATA = b"Name: A\nVersion: 1.0\nLicense: MIT\n"


@pytest.mark.parametrize("member", ["a-1.0.dist-info/METADATA", "EGG-INFO/PKG-INFO"])
def test_a_wheel_or_an_egg_is_one_package(member: str) -> None:
    content = archive({"a/vendored/b-1.dist-info/METADATA": b"Name: b\n", member: METADATA})
    assert list(python_archive.parse("a.whl", content)) == [
        Package("pypi", "A", "1.0", licenses=("MIT",), purl="pkg:pypi/a@1.0", location="a.whl")
    ]


def test_an_archive_without_metadata_is_said() -> None:
    assert list(python_archive.parse("a.egg", archive({"a.py": b""}))) == [
        Skipped("a.egg", "no package metadata inside")
    ]


def test_an_extension_has_the_packages_of_its_node_modules() -> None:
    content = archive({
        "extension/package.json": b'{"name": "ext", "version": "1.0.0"}',
        "extension/node_modules/@s/a/package.json": b'{"name": "@s/a", "version": "2.0.0"}',
        "extension/node_modules/b/package.json": b"{broken",
        "extension/not_node_modules/c/package.json": b'{"name": "c", "version": "1.0.0"}',
    })  # fmt: skip
    one, two = vscode_extension.parse("x.vsix", content)
    assert isinstance(one, Package)
    assert (one.name, one.version) == ("@s/a", "2.0.0")
    assert one.location == "x.vsix/extension/node_modules/@s/a/package.json"
    assert isinstance(two, Skipped)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_archive_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(InvalidDocument, match=r"a\.whl"):
        list(python_archive.parse("a.whl", content))


def test_a_damaged_member_is_refused_by_name() -> None:
    content = bytearray(archive({"a.txt": b"text " * 100}))
    content[40] ^= 0xFF
    with pytest.raises(InvalidDocument, match=r"x\.zip"):
        list(zip_members("x.zip", bytes(content), lambda _: True))


def test_large_members_are_left_out_and_bombs_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    large = archive({"large": bytes(1_048_577), "small": b"1"})
    assert [name for name, _ in zip_members("x", large, lambda _: True)] == ["small"]
    monkeypatch.setattr(module, "_MAX_TOTAL_BYTES", 150)
    bomb = archive({"a": bytes(100), "b": bytes(100)})
    with pytest.raises(LimitExceeded, match="x:"):
        list(zip_members("x", bomb, lambda _: True))
    monkeypatch.setattr(module, "_MAX_MEMBERS", 1)
    with pytest.raises(LimitExceeded, match="more than 1 files"):
        list(zip_members("x", bomb, lambda _: False))
