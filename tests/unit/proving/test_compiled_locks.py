"""Where gems, Java archives, and programs in Go and Rust run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.model.platform import Platform
from bedplate.model.verdict import Outcome
from bedplate.proving.compiled_project import with_build
from bedplate.proving.lock_evidence import judge_lock, read_lock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.verdict import Proof

TOOLS = frozenset(("sh", "gcc", "make"))
GLIBC = InstallTarget(libc_version="2.36", commands=TOOLS, package_format="deb")
MUSL = replace(GLIBC, libc="musl", libc_version="1.2.5", package_format="apk")
BARE_MUSL = replace(MUSL, commands=frozenset(("sh",)))
SCRATCH = InstallTarget(libc="", commands=frozenset(), installed_on=GLIBC)

GEMS = b"""GEM
  remote: https://h.example/
  specs:
    both (1.0.0-x86_64-linux-gnu)
    both (1.0.0-x86_64-linux-musl)
    bare (2.0.0)
    bare (2.0.0-x86_64-linux)
    named (2.1.0)
    named (2.1.0-x86_64-linux-gnu)
    glibc (3.0.0-aarch64-linux-gnu)
    glibc (3.0.0-x86_64-linux-gnu)
    puma (6.4.0)
      nio4r (~> 2.0)
    plain (4.0.0)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  both
  plain
"""


def judged(
    path: str, content: bytes, target: InstallTarget, files: Mapping[str, bytes] | None = None
) -> dict[str, Proof]:
    """Judge a lock file with its neighbours: name of the package -> proof."""
    project = read_lock(path, content)
    assert isinstance(project, LockedProject)
    proofs = judge_lock(with_build(project, files or {}), target)
    return {proof.package.partition(" ")[0]: proof for proof in proofs}


class TestGems:
    def test_builds_for_both(self) -> None:
        for target in (GLIBC, MUSL):
            assert judged("Gemfile.lock", GEMS, target)["both"].outcome is Outcome.LOADS

    def test_only_for_glibc(self) -> None:
        proof = judged("Gemfile.lock", GEMS, MUSL)["glibc"]
        assert proof.outcome is Outcome.FAILS
        assert proof.missing == "glibc 3.0.0-x86_64-linux-musl"
        assert proof.fix == "bundle lock --add-platform x86_64-linux-musl"
        assert judged("Gemfile.lock", GEMS, GLIBC)["glibc"].outcome is Outcome.LOADS
        arm = replace(GLIBC, platform=Platform("linux", "arm64"))
        assert judged("Gemfile.lock", GEMS, arm)["glibc"].outcome is Outcome.LOADS
        assert judged("Gemfile.lock", GEMS, arm)["both"].outcome is Outcome.FAILS

    def test_a_bare_linux_platform_is_glibc_and_is_taken_on_musl(self) -> None:
        assert judged("Gemfile.lock", GEMS, GLIBC)["bare"].evidence[0].startswith("prebuilt")
        proof = judged("Gemfile.lock", GEMS, MUSL)["bare"]
        assert proof.outcome is Outcome.UNKNOWN
        assert "made for glibc" in proof.reason

    def test_without_a_build_the_source_is_compiled(self) -> None:
        proof = judged("Gemfile.lock", GEMS, BARE_MUSL)["named"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "C compiler")

    def test_a_lock_file_for_other_platforms(self) -> None:
        content = GEMS.replace(b"  ruby\n  x86_64-linux\n", b"  arm64-darwin-24\n")
        proof = judged("Gemfile.lock", content, MUSL)["plain"]
        assert proof.outcome is Outcome.FAILS
        assert proof.reason == "the lock file is for arm64-darwin-24 only"
        bare = GEMS.replace(b"  ruby\n", b"")
        assert judged("Gemfile.lock", bare, MUSL)["plain"].outcome is Outcome.LOADS

    def test_extensions_in_c(self) -> None:
        assert judged("Gemfile.lock", GEMS, BARE_MUSL)["puma"].outcome is Outcome.FAILS
        assert judged("Gemfile.lock", GEMS, MUSL)["puma"].outcome is Outcome.LOADS
        assert judged("Gemfile.lock", GEMS, BARE_MUSL)["plain"].outcome is Outcome.LOADS


GO_MOD = b"module h.example/app\n\ngo 1.24\n\nrequire h.example/plain v1.0.0\n"
GO_SQLITE = b"module h.example/app\n\nrequire github.com/mattn/go-sqlite3 v1.14.22\n"
MAIN = {"main.go": b'package main\n\nimport (\n\t"net/http"\n\t"os"\n)\n'}
PLAIN = {"main.go": b'package main\n\nimport "fmt"\n'}
STATIC = {"Dockerfile": b"FROM golang\nRUN CGO_ENABLED=0 go build\n"}


class TestGo:
    def app(self, content: bytes, target: InstallTarget, **files: Mapping[str, bytes]) -> Proof:
        merged = {path: text for group in files.values() for path, text in group.items()}
        return judged("go.mod", content, target, merged)["h.example/app"]

    def test_net_with_cgo_asks_for_the_loader_of_its_builder(self) -> None:
        proof = self.app(GO_MOD, SCRATCH, sources=MAIN)
        assert proof.outcome is Outcome.FAILS
        assert "net or os/user use it" in proof.evidence
        assert "CGO_ENABLED=0" in proof.fix
        on_musl = replace(MUSL, installed_on=GLIBC)
        assert self.app(GO_MOD, on_musl, sources=MAIN).outcome is Outcome.FAILS
        assert self.app(GO_MOD, GLIBC, sources=MAIN).outcome is Outcome.LOADS

    def test_without_cgo_it_starts_anywhere(self) -> None:
        assert self.app(GO_MOD, SCRATCH, sources=MAIN, build=STATIC).outcome is Outcome.LOADS
        assert self.app(GO_MOD, SCRATCH, sources=PLAIN).outcome is Outcome.LOADS

    def test_a_builder_without_compiler_switches_cgo_off(self) -> None:
        bare = replace(GLIBC, commands=frozenset(("sh",)))
        target = replace(SCRATCH, installed_on=bare)
        assert self.app(GO_MOD, target, sources=MAIN).outcome is Outcome.LOADS

    def test_pie_asks_for_a_loader_even_without_cgo(self) -> None:
        pie = {"Dockerfile": b"RUN CGO_ENABLED=0 go build -buildmode=pie\n"}
        assert self.app(GO_MOD, SCRATCH, sources=PLAIN, build=pie).outcome is Outcome.FAILS

    def test_static_linking(self) -> None:
        flags = {"Dockerfile": b"RUN go build -ldflags '-linkmode external -extldflags -static'\n"}
        assert self.app(GO_MOD, SCRATCH, sources=MAIN, build=flags).outcome is Outcome.LOADS

    def test_comments_build_nothing(self) -> None:
        remark = {"Dockerfile": b"# CGO_ENABLED=0 would be nice\nRUN go build\n"}
        assert self.app(GO_MOD, SCRATCH, sources=MAIN, build=remark).outcome is Outcome.FAILS

    def test_without_sources_nobody_can_tell(self) -> None:
        assert self.app(GO_MOD, SCRATCH).outcome is Outcome.UNKNOWN

    def test_a_module_that_needs_cgo(self) -> None:
        assert self.app(GO_SQLITE, SCRATCH, sources=PLAIN).outcome is Outcome.FAILS
        found = judged("go.mod", GO_SQLITE, SCRATCH, STATIC)
        proof = found["github.com/mattn/go-sqlite3"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "cgo")


CARGO = b"""version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["openssl-sys"]
[[package]]
name = "openssl-sys"
version = "0.9.100"
source = "registry+https://h.example/index"
[[package]]
name = "serde"
version = "1.0.0"
source = "registry+https://h.example/index"
"""


class TestCargo:
    def test_the_builder_decides(self) -> None:
        assert judged("Cargo.lock", CARGO, SCRATCH)["app"].outcome is Outcome.FAILS
        on_glibc = replace(GLIBC, installed_on=MUSL)
        assert judged("Cargo.lock", CARGO, on_glibc)["app"].outcome is Outcome.LOADS

    @pytest.mark.parametrize(
        ("path", "content"),
        [
            ("Dockerfile", b"RUN cargo build --release --target x86_64-unknown-linux-musl\n"),
            (".cargo/config.toml", b'[build]\ntarget = "x86_64-unknown-linux-musl"\n'),
            ("Dockerfile", b'ENV RUSTFLAGS="-C target-feature=+crt-static"\n'),
        ],
    )
    def test_a_target_that_is_static(self, path: str, content: bytes) -> None:
        found = judged("Cargo.lock", CARGO, SCRATCH, {path: content})
        assert found["app"].outcome is Outcome.LOADS

    def test_libraries_of_the_system(self) -> None:
        proof = judged("Cargo.lock", CARGO, BARE_MUSL)["openssl-sys"]
        assert proof.outcome is Outcome.FAILS
        assert proof.provided_by == ("openssl-dev",)
        vendored = CARGO + b'[[package]]\nname = "openssl-src"\nversion = "300.0.0"\nsource = "r"\n'
        assert judged("Cargo.lock", vendored, BARE_MUSL)["openssl-sys"].outcome is Outcome.LOADS
        assert judged("Cargo.lock", CARGO, BARE_MUSL)["serde"].outcome is Outcome.LOADS


JAVA = {
    "gradle.lockfile": b"org.xerial:sqlite-jdbc:3.45=main\na:plain:1=main\n",
    "pom.xml": b"""<project><dependencies>
      <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId>
        <version>3.45</version></dependency>
      <dependency><groupId>a</groupId><artifactId>plain</artifactId>
        <version>1</version></dependency>
    </dependencies></project>""",
}


@pytest.mark.parametrize("path", JAVA)
def test_java_archives_with_natives(path: str) -> None:
    assert judged(path, JAVA[path], GLIBC)["org.xerial:sqlite-jdbc"].outcome is Outcome.LOADS
    assert judged(path, JAVA[path], MUSL)["org.xerial:sqlite-jdbc"].outcome is Outcome.UNKNOWN
    assert judged(path, JAVA[path], MUSL)["a:plain"].outcome is Outcome.LOADS
