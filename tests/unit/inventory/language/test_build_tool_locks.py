"""Lock files of Cargo, Go modules, Gradle and conda."""

from __future__ import annotations

import pytest

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_formats import (
    cargo_lock,
    cargo_toml,
    conda_environment,
    go_mod,
    gradle_lock,
)

MOD = b"""// a comment
module example.org/app

go 1.23.5

toolchain go1.23.6

require golang.org/x/net v0.30.0
require (
	github.com/a/b/v2 v2.0.1 // indirect
	github.com/old/c v1.0.0
	github.com/local/d v1.2.0
	"github.com/quoted/e" v1.0.0
	github.com/excluded/f v1.0.0
)

exclude github.com/excluded/f v1.0.0

replace (
	github.com/old/c => github.com/new/c v1.0.1
	github.com/local/d v1.2.0 => ../d
	golang.org/x/net v0.29.0 => example.org/net v0.0.1
)
"""


def test_required_modules_as_they_are_replaced() -> None:
    found = list(go_mod.parse("go.mod", MOD))
    assert [(one.name, one.version, one.direct) for one in found] == [
        ("golang.org/x/net", "v0.30.0", True),
        ("github.com/a/b/v2", "v2.0.1", False),
        ("github.com/new/c", "v1.0.1", True),
        ("github.com/quoted/e", "v1.0.0", True),
    ]
    assert found[1].purl == "pkg:golang/github.com/a/b/v2@v2.0.1"


def test_another_text_is_no_go_mod() -> None:
    with pytest.raises(InvalidDocument, match=r"^go\.mod: line 2 "):
        list(go_mod.parse("go.mod", b"module a\nthis is prose\n"))


def test_crates_with_the_commit_of_those_from_git() -> None:
    content = b"""
version = 4
[[package]]
name = "app"
version = "0.1.0"
[[package]]
name = "memchr"
version = "2.7.4"
source = "registry+https://index.example.org"
[[package]]
name = "fork"
version = "1.0.0"
source = "git+https://git.example.org/fork?branch=main#abcdef"
[[package]]
name = "nameless"
"""
    found = list(cargo_lock.parse("Cargo.lock", content))
    assert [one.purl for one in found[:2]] == ["pkg:cargo/app@0.1.0", "pkg:cargo/memchr@2.7.4"]
    assert found[2].purl.startswith("pkg:cargo/fork@1.0.0?vcs_url=git+https:")
    assert len(found) == 3


def test_a_crate_is_named_and_its_ranges_are_not() -> None:
    content = b'[package]\nname = "a"\nversion = "1.0"\nlicense = "MIT"\n[dependencies]\nb = "1"\n'
    (one,) = cargo_toml.parse("Cargo.toml", content)
    assert (one.name, one.version, one.licenses) == ("a", "1.0", ("MIT",))
    workspace = b'[package]\nname = "a"\nversion.workspace = true\n'
    assert list(cargo_toml.parse("Cargo.toml", workspace)) == []


def test_modules_of_gradle() -> None:
    content = b"""# comment
org.example:a:1.0=compileClasspath,runtimeClasspath,testRuntimeClasspath
org.example:t:2.0=testCompileClasspath
org.example:bare:3.0
no:version
empty=annotationProcessor
"""
    found = list(gradle_lock.parse("gradle.lockfile", content))
    assert [(one.name, one.version, one.development) for one in found] == [
        ("org.example:a", "1.0", False),
        ("org.example:t", "2.0", True),
        ("org.example:bare", "3.0", False),
    ]
    assert found[0].purl == "pkg:maven/org.example/a@1.0"


def test_pins_of_a_conda_environment() -> None:
    content = b"""name: e
dependencies:
  - python=3.12.1=h1_0
  - main::numpy==2.0
  - bare
  - range>=1.0
  - wild=1.*
  - pip:
      - b==1
"""
    found = list(conda_environment.parse("environment.yml", content))
    assert [one.purl for one in found] == [
        "pkg:conda/python@3.12.1?build=h1_0",
        "pkg:conda/numpy@2.0",
    ]
