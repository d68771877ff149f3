"""PHP packages: Composer's, and extensions from PECL."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.lock_formats import composer_lock
from bedplate.inventory.package_formats import composer, pear
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

INSTALLED = "var/www/vendor/composer/installed.json"
LOG = {"name": "Psr/Log", "version": "3.0.0", "license": ["MIT"]}
TEST = {"name": "phpunit/phpunit", "version": "v10.0.1", "license": "BSD-3-Clause"}
REGISTRY = "usr/local/lib/php/.registry"
MEMCACHED = (
    b'a:5:{s:4:"name";s:9:"memcached";s:7:"channel";s:12:"pecl.php.net";'
    b's:7:"version";a:2:{s:7:"release";s:5:"3.2.0";s:3:"api";s:5:"3.2.0";}}'
)


def read(content: bytes) -> list[Package | Skipped]:
    return list(composer.read(MemoryTree({INSTALLED: content}, composer.WANTS, {INSTALLED: 1})))


def test_what_composer_installed() -> None:
    document = {"packages": [LOG, TEST, {"name": "a/b"}], "dev-package-names": ["phpunit/phpunit"]}
    found = read(json.dumps(document).encode())
    assert found[0] == Package(
        "composer",
        "Psr/Log",
        "3.0.0",
        licenses=("MIT",),
        purl="pkg:composer/psr/log@3.0.0",
        location=INSTALLED,
        layer=1,
    )
    assert [(one.version, one.development) for one in found if isinstance(one, Package)] == [
        ("3.0.0", False),
        ("v10.0.1", True),
    ]


def test_the_bare_list_of_composer_1() -> None:
    found = read(b" \n" + json.dumps([LOG]).encode())
    assert [one.name for one in found if isinstance(one, Package)] == ["Psr/Log"]


@pytest.mark.parametrize("content", [b"", b"[", b"[{]", b'"text"', b"{" * 5000])
def test_what_is_no_list_is_said(content: bytes) -> None:
    (one,) = read(content)
    assert isinstance(one, Skipped)


def test_a_lock_file_marks_what_is_for_development() -> None:
    content = json.dumps({"packages": [LOG], "packages-dev": [TEST]}).encode()
    found = list(composer_lock.parse("composer.lock", content))
    assert [(one.name, one.development) for one in found] == [
        ("Psr/Log", False),
        ("phpunit/phpunit", True),
    ]


@pytest.mark.parametrize(
    ("path", "purl"),
    [
        (
            f"{REGISTRY}/.channel.pecl.php.net/memcached.reg",
            "pkg:pear/pecl.php.net/memcached@3.2.0",
        ),
        (f"{REGISTRY}/memcached.reg", "pkg:pear/pear.php.net/memcached@3.2.0"),
    ],
)
def test_extensions_that_pecl_installed(path: str, purl: str) -> None:
    (one,) = pear.read(MemoryTree({path: MEMCACHED}, pear.WANTS))
    assert isinstance(one, Package)
    assert (one.name, one.version, one.purl) == ("memcached", "3.2.0", purl)


def test_the_older_form_of_a_registry() -> None:
    path = f"{REGISTRY}/xdebug.reg"
    content = b'a:2:{s:7:"package";s:6:"xdebug";s:7:"version";s:5:"2.0.0";}'
    (one,) = pear.read(MemoryTree({path: content}, pear.WANTS))
    assert isinstance(one, Package)
    assert (one.name, one.version) == ("xdebug", "2.0.0")


@given(st.binary(max_size=100), st.integers(0, 150))
def test_any_bytes_are_read_or_said(content: bytes, cut: int) -> None:
    for entry, path in ((composer, INSTALLED), (pear, f"{REGISTRY}/a.reg")):
        tree = MemoryTree({path: MEMCACHED[:cut] + content}, entry.WANTS)
        assert all(isinstance(one, Package | Skipped) for one in entry.read(tree))
