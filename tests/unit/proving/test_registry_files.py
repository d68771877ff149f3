"""Archives of packages: where they are, whether they are the right ones, what is in them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.proving.package_contents import unpack_npm, unpack_wheel
from bedplate.proving.registry_files import (
    index_page,
    is_genuine,
    is_of_version,
    npm_file,
    read_index,
)
from bedplate.testing.elf_builder import ElfBuilder
from bedplate.testing.package_builder import tarball, wheel

ELF = ElfBuilder(soname="liba.so").build()


class TestAddresses:
    def test_the_lock_file_counts_before_the_registry(self) -> None:
        known = LockedFile("a.tgz", "https://h.example/a.tgz", "sha512-AA==")
        package = LockedPackage("npm", "a", "1.0.0", files=(known,))
        assert npm_file(package, "https://r.example") == known

    def test_a_registry_has_its_place_for_each_version(self) -> None:
        package = LockedPackage("npm", "@s/a", "1.0.0", files=(LockedFile("", "", "sha512-AA=="),))
        assert npm_file(package, "https://r.example/") == LockedFile(
            "a-1.0.0.tgz", "https://r.example/@s/a/-/a-1.0.0.tgz", "sha512-AA=="
        )
        assert npm_file(package, "") is None

    def test_names_in_an_index_are_normalized(self) -> None:
        assert index_page("https://i.example/simple/", "A_b.C") == "https://i.example/simple/a-b-c/"


class TestIndex:
    PAGE = json.dumps(
        {
            "files": [
                {
                    "filename": "a_b-1.0-py3-none-any.whl",
                    "url": "a.whl",
                    "hashes": {"sha256": "aa"},
                },
                {"filename": "a-b-1.0.tar.gz", "url": "https://h.example/a.tar.gz", "hashes": {}},
                {"filename": "a_b-1.0.1-py3-none-any.whl", "url": "b.whl", "hashes": {}},
                {"filename": "", "url": "c.whl"},
                None,
            ]
        }
    ).encode()

    def test_files_of_one_version(self) -> None:
        found = read_index("https://i.example/a-b/", self.PAGE, LockedPackage("pypi", "a.b", "1.0"))
        assert [file.name for file in found] == ["a_b-1.0-py3-none-any.whl", "a-b-1.0.tar.gz"]
        assert found[0].url == "https://i.example/a-b/a.whl"

    def test_hashes_of_the_lock_file_leave_others_out(self) -> None:
        hashed = (LockedFile("", integrity="sha256:aa"),)
        package = LockedPackage("pypi", "a-b", "1.0", files=hashed)
        found = read_index("https://i.example/a-b/", self.PAGE, package)
        assert [file.name for file in found] == ["a_b-1.0-py3-none-any.whl"]

    def test_a_page_in_html_is_refused(self) -> None:
        with pytest.raises(InvalidDocument, match="JSON"):
            read_index("https://i.example/a/", b"<html>", LockedPackage("pypi", "a", "1"))

    def test_versions_are_compared_whole(self) -> None:
        package = LockedPackage("pypi", "a", "1.0")
        assert is_of_version("a-1.0.zip", package)
        assert not is_of_version("a-1.0.1.tar.gz", package)
        assert not is_of_version("a-1.0.exe", package)


class TestIntegrity:
    def test_right_and_wrong_bytes(self) -> None:
        digest = hashlib.sha512(b"x").digest()
        right = f"sha512-{base64.b64encode(digest).decode()}"
        assert is_genuine(b"x", right) is True
        assert is_genuine(b"y", right) is False
        assert is_genuine(b"x", f"sha256:{hashlib.sha256(b'x').hexdigest()}") is True
        assert is_genuine(b"x", f"sha512-wrong {right}") is True

    def test_without_a_digest_nobody_knows(self) -> None:
        assert is_genuine(b"x", "") is None
        assert is_genuine(b"x", "md5:00") is None

    @given(st.text(max_size=40))
    def test_arbitrary_text(self, integrity: str) -> None:
        assert is_genuine(b"x", integrity) in {None, False}


class TestContents:
    def test_compiled_files_and_the_manifest(self) -> None:
        archive = tarball({"package.json": b"{}", "a.node": ELF, "lib/a.js": b"no"})
        assert unpack_npm("a.tgz", archive) == {"package.json": b"{}", "a.node": ELF}

    def test_a_wheel_is_spread_as_it_is_installed(self) -> None:
        archive = wheel({"a/x.so": ELF, "a-1.data/platlib/b.so": ELF, "a/x.py": b"1"})
        assert unpack_wheel("a.whl", archive) == {"a/x.so": ELF, "b.so": ELF}

    def test_names_that_lead_out_are_passed_over(self) -> None:
        assert unpack_wheel("a.whl", wheel({"../x.so": ELF})) == {}

    @pytest.mark.parametrize(
        "content", [b"", b"no", gzip.compress(b"no tar"), tarball({"a": ELF})[:40]]
    )
    def test_damaged_archives(self, content: bytes) -> None:
        with pytest.raises(BadInput, match=r"a\.tgz|archive"):
            unpack_npm("a.tgz", content)

    @given(st.binary(max_size=100))
    def test_arbitrary_bytes(self, content: bytes) -> None:
        for unpack in (unpack_npm, unpack_wheel):
            try:
                found = unpack("a", content)
            except BadInput:
                continue
            assert not found
