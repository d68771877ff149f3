"""Where the packages of an npm, pnpm, Yarn or Bun lock file run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.model.platform import Platform
from bedplate.model.verdict import Outcome
from bedplate.proving.lock_evidence import allowing, judge_lock, read_lock
from bedplate.testing.sample_javascript_locks import JAVASCRIPT, npm

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof

GLIBC = InstallTarget(
    libc="glibc",
    libc_version="2.36",
    runtimes={"node": "20.18.0"},
    node_api=9,
    commands=frozenset(("sh", "gcc", "make", "python3")),
    package_format="deb",
)
MUSL = replace(
    GLIBC,
    libc="musl",
    libc_version="1.2.5",
    commands=frozenset(("sh",)),
    package_format="apk",
    alpine=True,
)
COPIED = replace(MUSL, installed_on=GLIBC)


def project_of(path: str, content: bytes) -> LockedProject:
    project = read_lock(path, content)
    assert isinstance(project, LockedProject)
    return project


def judged(path: str, content: bytes, target: InstallTarget) -> dict[str, Proof]:
    """Judge a lock file: name of the package -> proof."""
    proofs = judge_lock(project_of(path, content), target)
    return {proof.package.partition(" ")[0]: proof for proof in proofs}


def built(project: LockedProject) -> Proof:
    """Judge `built`, where npm asks before it runs scripts."""
    asking = replace(GLIBC, runtimes={"node": "26.0.0", "npm": "12.0.1"})
    return next(one for one in judge_lock(project, asking) if one.package == "built 2.0.0")


def lock(name: str, version: str, /, **fields: Any) -> bytes:
    """Make an npm lock file of one package."""
    entry = {"version": version, **fields}
    return json.dumps(
        {
            "lockfileVersion": 3,
            "packages": {"": {"dependencies": {name: version}}, f"node_modules/{name}": entry},
        }
    ).encode()


def only(name: str, version: str, target: InstallTarget, /, **fields: Any) -> Proof:
    return judged("package-lock.json", lock(name, version, **fields), target)[name]


@pytest.mark.parametrize("path", JAVASCRIPT)
class TestEveryFormat:
    def test_the_build_for_the_c_library_is_taken(self, path: str) -> None:
        proof = judged(path, JAVASCRIPT[path], MUSL)["fast"]
        assert proof.outcome is Outcome.LOADS
        assert "@fast/linux-x64-musl 1.0.0" in proof.evidence[0]
        assert "@fast/linux-x64-gnu" in judged(path, JAVASCRIPT[path], GLIBC)["fast"].evidence[0]

    def test_builds_for_a_platform_are_not_judged_apart(self, path: str) -> None:
        assert set(judged(path, JAVASCRIPT[path], MUSL)) == {"fast", "built", "nan", "plain"}

    def test_what_compiles_needs_a_compiler(self, path: str) -> None:
        proof = judged(path, JAVASCRIPT[path], MUSL)["built"]
        assert proof.outcome is Outcome.FAILS
        assert proof.missing == "C compiler"
        assert proof.provided_by == ("build-base", "python3")

    def test_with_a_compiler_it_may_need_more(self, path: str) -> None:
        proof = judged(path, JAVASCRIPT[path], GLIBC)["built"]
        assert proof.outcome is Outcome.UNKNOWN
        assert "headers of other libraries" in proof.reason

    def test_a_package_without_native_code_runs_anywhere(self, path: str) -> None:
        nowhere = replace(MUSL, libc="", platform=Platform("linux", "s390x"))
        for target in (GLIBC, MUSL, COPIED, nowhere):
            assert judged(path, JAVASCRIPT[path], target)["plain"].outcome is Outcome.LOADS

    def test_another_processor_has_no_build(self, path: str) -> None:
        arm = replace(GLIBC, platform=Platform("linux", "arm64"))
        proof = judged(path, JAVASCRIPT[path], arm)["fast"]
        assert proof.outcome is Outcome.FAILS
        assert "linux/arm64" in proof.reason


class TestCopying:
    def test_a_lock_file_with_libc_installs_one_build(self) -> None:
        proof = judged("package-lock.json", npm(), COPIED)["fast"]
        assert proof.outcome is Outcome.FAILS
        assert proof.reason == "installed for glibc, then copied to a base with musl"
        assert proof.fix == "install the packages in a stage with musl, and copy them from there"

    def test_without_the_field_npm_installs_both(self) -> None:
        proof = judged("package-lock.json", npm(libc=False), COPIED)["fast"]
        assert proof.outcome is Outcome.LOADS

    def test_what_was_compiled_for_the_other_one_nobody_can_tell(self) -> None:
        proof = only("heapdump", "0.3.15", COPIED, hasInstallScript=True)
        assert proof.outcome is Outcome.UNKNOWN
        assert proof.reason == "compiled for glibc, then copied to musl"
        assert only("heapdump", "0.3.15", GLIBC).outcome is Outcome.LOADS

    def test_compiled_with_a_newer_glibc(self) -> None:
        older = replace(GLIBC, libc_version="2.31", installed_on=GLIBC)
        proof = only("heapdump", "0.3.15", older, hasInstallScript=True)
        assert proof.outcome is Outcome.UNKNOWN
        assert "newer" in proof.reason


def test_a_lock_file_that_lacks_the_sibling() -> None:
    proof = judged("package-lock.json", npm(musl=False), MUSL)["fast"]
    assert proof.outcome is Outcome.FAILS
    assert proof.missing == "@fast/linux-x64-musl"
    assert "lock file" in proof.reason
    assert "make the lock file anew" in proof.fix


def test_a_parent_that_needs_two_builds() -> None:
    fields = {"version": "1.0.0", "os": ["linux"], "cpu": ["x64"], "optional": True}
    kinds = ("@i/it", "@i/it-lib")
    names = [f"{kind}-{system}-x64" for kind in kinds for system in ("linux", "linuxmusl")]
    packages = {
        f"node_modules/{name}": {**fields, "libc": ["musl" if "musl" in name else "glibc"]}
        for name in names
    }
    parent = {"version": "1.0.0", "optionalDependencies": dict.fromkeys(names, "1.0.0")}

    def proof() -> Proof:
        content = json.dumps({"packages": {"node_modules/it": parent, **packages}}).encode()
        return judged("package-lock.json", content, MUSL)["it"]

    assert proof().outcome is Outcome.LOADS
    assert "@i/it-linuxmusl-x64 1.0.0, @i/it-lib-linuxmusl-x64 1.0.0" in proof().evidence[0]
    del packages["node_modules/@i/it-lib-linuxmusl-x64"]
    assert (proof().outcome, proof().missing) == (Outcome.FAILS, "@i/it-lib-linuxmusl-x64")


def test_a_family_that_never_had_a_build_for_musl() -> None:
    content = json.dumps(
        {
            "packages": {
                "node_modules/only": {
                    "version": "1.0.0",
                    "optionalDependencies": {"only-linux-x64": "1"},
                },
                "node_modules/only-linux-x64": {
                    "version": "1.0.0",
                    "os": ["linux"],
                    "cpu": ["x64"],
                    "libc": ["glibc"],
                    "optional": True,
                },
            }
        }
    ).encode()
    proof = judged("package-lock.json", content, MUSL)["only"]
    assert proof.outcome is Outcome.FAILS
    assert proof.reason == "it has no build for musl"
    assert proof.fix == "take a base with glibc"


def test_an_untagged_build_without_sibling_is_not_guessed() -> None:
    content = json.dumps(
        {
            "packages": {
                "node_modules/a": {
                    "version": "1.0.0",
                    "optionalDependencies": {"@a/linux-x64": "1"},
                },
                "node_modules/@a/linux-x64": {"version": "1.0.0", "os": ["linux"], "cpu": ["x64"]},
            }
        }
    ).encode()
    proof = judged("package-lock.json", content, MUSL)["a"]
    assert proof.outcome is Outcome.UNKNOWN
    assert "--fetch" in proof.fix


class TestInstallScripts:
    def test_an_unknown_script_is_not_guessed(self) -> None:
        assert only("odd", "1.0.0", GLIBC, hasInstallScript=True).outcome is Outcome.UNKNOWN

    def test_a_download_cannot_be_told(self) -> None:
        needs = {"prebuild-install": "^7"}
        proof = only("odd", "1.0.0", MUSL, hasInstallScript=True, dependencies=needs)
        assert proof.outcome is Outcome.UNKNOWN
        assert "downloads" in proof.reason

    def test_without_a_network_it_is_compiled(self) -> None:
        needs, alone = {"prebuild-install": "^7"}, replace(MUSL, downloads=False)
        proof = only("odd", "1.0.0", alone, hasInstallScript=True, dependencies=needs)
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "C compiler")

    def test_scripts_that_do_not_run_build_nothing(self) -> None:
        target = replace(GLIBC, scripts=False)
        proof = judged("package-lock.json", npm(), target)["built"]
        assert proof.outcome is Outcome.FAILS
        assert proof.fix == "install without --ignore-scripts"

    def test_npm_12_asks_first(self) -> None:
        project = project_of("package-lock.json", npm())
        proof = built(project)
        assert proof.outcome is Outcome.FAILS
        assert proof.fix.endswith('"allowScripts": {"built": true}')
        for allowed in ({"built": True}, {"built@2.0.0": True}):
            assert built(allowing(project, allowed)).outcome is Outcome.UNKNOWN
        denied = allowing(project, {"built": False, "built@2.0.0": True})
        assert built(denied).outcome is Outcome.FAILS

    def test_a_denial_counts_for_every_npm(self) -> None:
        project = allowing(project_of("package-lock.json", npm()), {"built": False})
        outcomes = {one.package: one.outcome for one in judge_lock(project, GLIBC)}
        assert outcomes["built 2.0.0"] is Outcome.FAILS


class TestKnownPackages:
    def test_bcrypt_6_carries_both_and_5_downloads(self) -> None:
        assert only("bcrypt", "6.0.0", MUSL, hasInstallScript=True).outcome is Outcome.LOADS
        proof = only("bcrypt", "5.1.1", replace(MUSL, downloads=False), hasInstallScript=True)
        assert proof.outcome is Outcome.FAILS
        assert "bcrypt 6 carries builds for both C libraries" in proof.evidence

    def test_a_newer_node_api_is_compiled_or_crashes(self) -> None:
        assert only("argon2", "0.45.1", GLIBC, hasInstallScript=True).outcome is Outcome.LOADS
        assert only("argon2", "0.45.1", MUSL, hasInstallScript=True).outcome is Outcome.FAILS
        unbuilt = replace(MUSL, scripts=False)
        proof = only("argon2", "0.45.1", unbuilt, hasInstallScript=True)
        assert proof.outcome is Outcome.RISK
        assert "Node-API 10" in proof.reason
        newer = replace(unbuilt, node_api=10)
        assert only("argon2", "0.45.1", newer, hasInstallScript=True).outcome is Outcome.LOADS

    def test_glibc_only(self) -> None:
        assert only("sodium-native", "5.1.0", MUSL).outcome is Outcome.FAILS
        assert only("sodium-native", "5.1.0", GLIBC).outcome is Outcome.LOADS
        old = replace(GLIBC, libc_version="2.31")
        assert only("sodium-native", "5.1.0", old).missing == "GLIBC_2.33"

    def test_a_library_of_the_base(self) -> None:
        bare = replace(MUSL, libraries=frozenset(), scripts=False)
        proof = only("usb", "2.18.0", bare, hasInstallScript=True)
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "libudev.so.1")
        assert proof.provided_by == ("eudev-libs",)
        there = replace(bare, libraries=frozenset(("libudev.so.1",)))
        assert only("usb", "2.18.0", there, hasInstallScript=True).outcome is Outcome.LOADS

    def test_musl_that_is_not_alpine(self) -> None:
        proof = only("classic-level", "3.0.0", replace(MUSL, alpine=False))
        assert proof.outcome is Outcome.RISK
        assert proof.missing == "/etc/alpine-release"

    def test_made_for_glibc_and_loads_on_musl(self) -> None:
        assert only("blake-hash", "2.0.0", MUSL).outcome is Outcome.UNSUPPORTED
        assert only("blake-hash", "2.0.0", GLIBC).outcome is Outcome.LOADS

    def test_native_code_among_what_is_optional_is_optional(self) -> None:
        optional = {"nan": "^2"}
        proof = only("odd", "1.0.0", MUSL, hasInstallScript=True, optionalDependencies=optional)
        assert proof.outcome is Outcome.LOADS
        assert proof.reason.startswith("optional")

    def test_optional_native_code_breaks_nothing(self) -> None:
        proof = only("bigint-buffer", "1.1.5", MUSL, hasInstallScript=True)
        assert proof.outcome is Outcome.LOADS
        assert proof.reason.startswith("optional")

    def test_what_dependents_do_without_is_needed_by_a_project_that_asks_for_it(self) -> None:
        assert only("cpu-features", "0.0.10", MUSL, hasInstallScript=True).outcome is Outcome.FAILS

    def test_a_script_that_only_prints(self) -> None:
        assert only("core-js", "3.40.0", MUSL, hasInstallScript=True).outcome is Outcome.LOADS


def test_development_is_left_out_unless_asked_for() -> None:
    project = project_of("package-lock.json", lock("odd", "1.0.0", dev=True, hasInstallScript=True))
    assert judge_lock(project, MUSL) == ()
    assert len(judge_lock(project, MUSL, development=True)) == 1
