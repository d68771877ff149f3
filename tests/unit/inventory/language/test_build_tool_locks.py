"""Lock files of build tools: Cargo, Go, Gradle, Maven, conda, Conan, Mix and pub."""

from __future__ import annotations

import pytest

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_formats import (
    cargo_lock,
    cargo_toml,
    conan_lock,
    conda_environment,
    go_mod,
    go_vendor,
    gradle_lock,
    gradle_verification,
    mix_lock,
    pom_xml,
    pub_lock,
)
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped

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


def test_modules_in_a_vendor_folder() -> None:
    content = b"""# github.com/a/b v1.0.0
## explicit; go 1.21
github.com/a/b/c
# github.com/old/d v1.0.0 => github.com/new/d v1.1.0
# github.com/e/f v1.0.0 => ./f
# prose about it
"""
    found = list(go_vendor.parse("vendor/modules.txt", content))
    assert [(one.name, one.version) for one in found] == [
        ("github.com/a/b", "v1.0.0"),
        ("github.com/new/d", "v1.1.0"),
    ]


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


def test_modules_that_gradle_verifies() -> None:
    content = b"""<verification-metadata xmlns="https://schema.example.org/dependency-verification">
      <components>
        <component group="org.example" name="a" version="1.0"><artifact name="a.jar"/></component>
        <component group="org.example" name="b"/>
      </components>
    </verification-metadata>"""
    (one,) = gradle_verification.parse("gradle/verification-metadata.xml", content)
    assert (one.name, one.version) == ("org.example:a", "1.0")
    with pytest.raises(InvalidDocument, match="not a list"):
        list(gradle_verification.parse("verification-metadata.xml", b"<other/>"))


POM = b"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.example</groupId><version>3.0</version></parent>
  <artifactId>app</artifactId>
  <properties><slf4j.version>2.0.16</slf4j.version><loop>${loop}</loop></properties>
  <dependencyManagement><dependencies><dependency>
    <groupId>org.managed</groupId><artifactId>m</artifactId><version>[1.5]</version>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId>
      <version>${slf4j.version}</version></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>sibling</artifactId>
      <version>${project.version}</version></dependency>
    <dependency><groupId>org.managed</groupId><artifactId>m</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13</version>
      <scope>test</scope></dependency>
    <dependency><groupId>javax</groupId><artifactId>servlet</artifactId><version>4</version>
      <scope>provided</scope></dependency>
    <dependency><groupId>r</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
    <dependency><groupId>l</groupId><artifactId>loop</artifactId><version>${loop}</version></dependency>
  </dependencies>
</project>"""


def test_a_maven_project_and_what_it_asks_for() -> None:
    found = list(pom_xml.parse("pom.xml", POM))
    packages = [one for one in found if isinstance(one, Package)]
    assert [(one.name, one.version, one.development) for one in packages] == [
        ("org.example:app", "3.0", False),
        ("org.slf4j:slf4j-api", "2.0.16", False),
        ("org.example:sibling", "3.0", False),
        ("org.managed:m", "1.5", False),
        ("junit:junit", "4.13", True),
    ]
    assert [one.what for one in found if isinstance(one, Skipped)] == [
        "pom.xml: r:range",
        "pom.xml: l:loop",
    ]


def test_another_document_is_no_maven_project() -> None:
    with pytest.raises(InvalidDocument, match=r"^pom\.xml: not a Maven project"):
        list(pom_xml.parse("pom.xml", b"<settings/>"))


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


def test_packages_of_both_conans() -> None:
    first = b"""{"version": "0.4", "graph_lock": {"nodes": {
      "0": {"ref": "app/1.0", "path": "conanfile.py", "build_requires": ["2"]},
      "1": {"ref": "zlib/1.2.11@user/stable#5f49:1972#5884", "context": "host"},
      "2": {"pref": "ninja/1.11.1#a2f0:24#d8"},
      "3": {"ref": null}}}}"""
    second = b"""{"version": "0.5", "requires": ["zlib/1.3#ffa7%1667396813.1", "1.2.3#ff"],
      "build_requires": ["cmake/3.30"]}"""
    found = list(conan_lock.parse("conan.lock", first))
    assert [(one.purl, one.development) for one in found] == [
        ("pkg:conan/zlib@1.2.11?channel=stable&user=user", False),
        ("pkg:conan/ninja@1.11.1", True),
    ]
    found = list(conan_lock.parse("conan.lock", second))
    assert [(one.purl, one.development) for one in found] == [
        ("pkg:conan/zlib@1.3", False),
        ("pkg:conan/cmake@3.30", True),
    ]


def test_packages_of_mix() -> None:
    content = b"""%{
  "plug": {:hex, :plug, "1.11.1", "f2992b", [:mix], [], "hexpm", "23524e"},
  "fork": {:git, "https://git.example.org/fork.git", "abcdef", [branch: "main"]},
}
"""
    found = list(mix_lock.parse("mix.lock", content))
    assert [(one.name, one.version) for one in found] == [("plug", "1.11.1"), ("fork", "")]
    assert found[1].purl.endswith("fork.git%40abcdef")


def test_packages_of_pub() -> None:
    content = b"""packages:
  crypto:
    dependency: "direct main"
    source: hosted
    version: "3.0.2"
  test:
    dependency: "direct dev"
    source: hosted
    version: "1.0.0"
  flutter:
    dependency: "direct main"
    source: sdk
    version: "0.0.0"
"""
    found = list(pub_lock.parse("pubspec.lock", content))
    assert [(one.purl, one.direct, one.development) for one in found] == [
        ("pkg:pub/crypto@3.0.2", True, False),
        ("pkg:pub/test@1.0.0", True, True),
    ]
