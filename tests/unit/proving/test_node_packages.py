"""Package level: which files of node_modules would be loaded, and what is said when none would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.flows.proof_base import WANTS
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving import prove, prove_on
from bedplate.proving.application import Application
from bedplate.proving.candidate import candidate_of_tree
from bedplate.proving.memory_files import MemoryFiles
from bedplate.proving.platform_names import parse_platform
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.sample_roots import GLIBC_FILES, MUSL, MUSL_FILES
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from bedplate.model.tree import Tree
    from bedplate.model.verdict import BaseProofs

TOP = "app/node_modules"


def node(loader: str, libc: str) -> bytes:
    return ElfBuilder(
        interpreter=f"/{loader}", needed=(libc,), rodata=b"/node-v20.18.0.tar.gz"
    ).build()


def root(files: dict[str, bytes | str], program: bytes, *more: str) -> Tree:
    place = "usr/local/bin/node"
    everything = {**files, place: program, **dict.fromkeys(more, b"x")}
    return MemoryTree(everything, wants=WANTS, modes={place: 0o755})


DEBIAN = root(GLIBC_FILES, node("lib64/ld-linux-x86-64.so.2", "libc.so.6"))
ALPINE = root(MUSL_FILES, node(MUSL, "libc.musl-x86_64.so.1"), "etc/alpine-release")
OTHER_MUSL = root(MUSL_FILES, node(MUSL, "libc.musl-x86_64.so.1"))


def built(libc: str, machine: int = 62) -> bytes:
    """Make an addon; that for glibc needs its loader, as those with thread-local variables do."""
    needed = (
        ("ld-linux-x86-64.so.2", "libc.so.6") if libc == "glibc" else ("libc.musl-x86_64.so.1",)
    )
    symbols = (ElfSymbol("napi_register_module_v1"),)
    return ElfBuilder(machine=machine, needed=needed, symbols=symbols).build()


def package(name: str, **fields: Any) -> dict[str, bytes]:
    document = {"name": name, "version": "1.0.0", **fields}
    return {f"{TOP}/{name}/package.json": json.dumps(document).encode()}


def on(base: Tree, *files: dict[str, bytes]) -> BaseProofs:
    merged = {path: data for part in files for path, data in part.items()}
    return prove_on(Application(MemoryFiles(merged)), candidate_of_tree("base", base))


def only(base: Tree, *files: dict[str, bytes]) -> Proof:
    (proof,) = on(base, *files).proofs
    return proof


SHARP = (
    package(
        "sharp",
        optionalDependencies={
            "@img/sharp-linux-x64": "1",
            "@img/sharp-linuxmusl-x64": "1",
            "@img/sharp-darwin-arm64": "1",
        },
    ),
    package("@img/sharp-linux-x64", os=["linux"], cpu=["x64"], libc=["glibc"]),
    {f"{TOP}/@img/sharp-linux-x64/lib/sharp.node": built("glibc")},
)
PREBUILDS = (
    package("bcrypt", dependencies={"node-gyp-build": "^4"}, scripts={"install": "node-gyp-build"}),
    {
        f"{TOP}/bcrypt/prebuilds/linux-x64/bcrypt.glibc.node": built("glibc"),
        f"{TOP}/bcrypt/prebuilds/linux-x64/bcrypt.musl.node": built("musl"),
        f"{TOP}/bcrypt/prebuilds/linux-arm64/bcrypt.musl.node": built("musl", 183),
        f"{TOP}/bcrypt/prebuilds/darwin-x64/bcrypt.node": b"\xcf\xfa\xed\xfe" * 4,
    },
)


def test_a_copied_tree_is_told_from_a_package_without_a_build() -> None:
    proof = only(ALPINE, *SHARP)
    assert (proof.outcome, proof.package) == (Outcome.FAILS, "sharp 1.0.0")
    assert proof.missing == "@img/sharp-linuxmusl-x64"
    assert proof.reason.startswith("copied from another C library")
    assert "npm ci" in proof.fix
    workerd = package("workerd"), {f"{TOP}/workerd/bin/x.node": built("glibc")}
    without = only(ALPINE, *workerd)
    assert without.fix == "workerd 1.0.0 has no musl build: stay on a glibc variant (-slim)"


def test_a_platform_package_that_fits_is_judged_by_its_bytes() -> None:
    proof = only(DEBIAN, *SHARP)
    assert (proof.outcome, proof.package) == (Outcome.LOADS, "@img/sharp-linux-x64 1.0.0")


def test_both_platform_packages_may_be_installed() -> None:
    musl = (
        package("@img/sharp-linuxmusl-x64", os=["linux"], cpu=["x64"], libc=["musl"]),
        {f"{TOP}/@img/sharp-linuxmusl-x64/lib/sharp.node": built("musl")},
    )
    for base in (ALPINE, DEBIAN):
        report = on(base, *SHARP, *musl)
        assert [proof.outcome for proof in report.proofs] == [Outcome.LOADS]
        assert report.passed_over == 1


def test_the_build_for_the_c_library_is_taken() -> None:
    assert only(ALPINE, *PREBUILDS).path.endswith("linux-x64/bcrypt.musl.node")
    assert only(DEBIAN, *PREBUILDS).path.endswith("linux-x64/bcrypt.glibc.node")


def test_musl_without_the_files_of_alpine_gets_the_wrong_build() -> None:
    proof = only(OTHER_MUSL, *PREBUILDS)
    assert proof.path.endswith("bcrypt.glibc.node")
    assert proof.outcome is Outcome.FAILS


def test_of_builds_for_several_releases_the_right_one_is_taken() -> None:
    files = {
        f"{TOP}/old/bin/linux-x64-node-{major}/x.node": built("musl") for major in ("0.10", 18, 20)
    }
    report = on(ALPINE, package("old"), files)
    assert [proof.path for proof in report.proofs] == [f"{TOP}/old/bin/linux-x64-node-20/x.node"]
    assert report.passed_over == 2


def test_a_package_that_was_not_built_fails_everywhere() -> None:
    manifest = package("iconv", scripts={"install": "node-gyp rebuild"})
    for base in (ALPINE, DEBIAN):
        proof = only(base, manifest)
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "a compiled addon")


def test_what_was_built_in_place_goes_before_prebuilds() -> None:
    own = {f"{TOP}/bcrypt/build/Release/bcrypt.node": built("glibc")}
    left_over = {f"{TOP}/bcrypt/build/Release/obj.target/bcrypt.node": built("glibc")}
    proof = only(ALPINE, *PREBUILDS, own, left_over)
    assert proof.path == f"{TOP}/bcrypt/build/Release/bcrypt.node"
    assert "compile it in a stage" in proof.fix


def test_packages_with_a_fallback_are_only_slower() -> None:
    files = {f"{TOP}/bufferutil/build/Release/x.node": built("glibc")}
    proof = only(ALPINE, package("bufferutil"), files)
    assert proof.outcome is Outcome.LOADS
    assert "goes on without it" in proof.reason


def test_what_is_fetched_when_it_is_loaded_can_not_be_told() -> None:
    optional = {"@u/x-linux-x64-musl": "1", "@u/x-linux-x64-gnu": "1"}
    manifest = package("u", dependencies={"napi-postinstall": "1"}, optionalDependencies=optional)
    gnu = package("@u/x-linux-x64-gnu", libc=["glibc"])
    assert only(ALPINE, manifest, gnu).outcome is Outcome.UNKNOWN


def test_builds_for_another_runtime_are_left_out() -> None:
    files = {f"{TOP}/sodium/prebuilds/linux-x64/sodium.bare": built("glibc")}
    assert on(ALPINE, package("sodium"), files).proofs == ()
    addon = {f"{TOP}/sodium/prebuilds/linux-x64/sodium.node": built("musl")}
    assert only(ALPINE, package("sodium"), files, addon).outcome is Outcome.LOADS


def zeromq(**builds: bytes) -> tuple[dict[str, bytes], dict[str, bytes]]:
    folder = f"{TOP}/zeromq/build/linux/x64/node"
    files = {f"{folder}/{name.replace('_', '-')}/addon.node": it for name, it in builds.items()}
    return package("zeromq", dependencies={"cmake-ts": "1"}), files


def test_builds_that_are_tried_in_turn_count_by_the_first_that_opens() -> None:
    newer = ElfBuilder(
        needed=("libabsent.so.1",), symbols=(ElfSymbol("napi_register_module_v1"),)
    ).build()
    files = zeromq(glibc_115_Release=built("glibc"), glibc_127_Release=newer)
    proof = only(DEBIAN, *files)
    assert (proof.outcome, "glibc-115" in proof.path) == (Outcome.LOADS, True)
    neither = only(DEBIAN, *zeromq(glibc_115_Release=newer, glibc_127_Release=newer))
    assert (neither.outcome, "glibc-115" in neither.path) == (Outcome.FAILS, True)


def test_a_c_library_in_the_name_goes_before_the_abi_where_builds_are_tried() -> None:
    files = zeromq(**{"115": built("glibc"), "musl_127_Release": built("musl")})
    assert "musl-127" in only(ALPINE, *files).path


def test_a_known_launcher_needs_its_shell() -> None:
    biome = package("@biomejs/biome")
    assert only(ALPINE, biome).missing == "sh"
    shell = root(MUSL_FILES, node(MUSL, "libc.musl-x86_64.so.1"), "usr/bin/sh")
    assert on(shell, biome).proofs == ()


def test_what_an_install_script_did_not_download_is_missing() -> None:
    manifest = package("ffmpeg", scripts={"install": "node install.js"})
    proof = only(ALPINE, manifest)
    assert (proof.outcome, proof.missing) == (Outcome.FAILS, "what its install script downloads")
    there = {f"{TOP}/ffmpeg/ffmpeg.node": built("musl")}
    assert only(ALPINE, manifest, there).outcome is Outcome.LOADS
    assert on(ALPINE, package("thanks", scripts={"postinstall": "node install.js"})).proofs == ()


def test_what_only_optional_dependencies_reach_is_no_failure() -> None:
    lance = package("lance", optionalDependencies={"models": "1"})
    models = package("models", dependencies={"runtime": "1"})
    runtime = (
        package("runtime", os=["linux", "darwin"]),
        {f"{TOP}/runtime/build/Release/x.node": built("glibc")},
    )
    assert only(ALPINE, lance, models, *runtime).outcome is Outcome.LOADS
    loose = {f"{TOP}/runtime/lib/libx.so.1": ElfBuilder(needed=("libabsent.so.1",)).build()}
    proofs = on(ALPINE, lance, models, *runtime, loose).proofs
    assert [proof.outcome for proof in proofs] == [Outcome.LOADS] * 2
    project = {"app/package.json": json.dumps({"dependencies": {"models": "1"}}).encode()}
    assert only(ALPINE, lance, models, *runtime, project).outcome is Outcome.FAILS


def test_a_package_that_others_do_without_fails_the_application_that_names_it() -> None:
    extract = package("cpu-features", scripts={"install": "node-gyp rebuild"})
    user = package("ssh2", optionalDependencies={"cpu-features": "1"})
    assert all(proof.outcome is Outcome.LOADS for proof in on(ALPINE, extract, user).proofs)
    assert only(ALPINE, extract).outcome is Outcome.FAILS


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"name": 3, "os": {}}', b"[" * 5000])
def test_damaged_manifests_are_taken_for_empty_ones(content: bytes) -> None:
    files = {f"{TOP}/x/package.json": content, f"{TOP}/x/x.node": built("musl")}
    (proof,) = prove(files, ALPINE)
    assert proof.outcome is Outcome.LOADS


@pytest.mark.parametrize(
    ("name", "libc", "processors", "abi"),
    [
        ("@img/sharp-linuxmusl-x64", "musl", {"x64"}, 0),
        ("@rollup/rollup-linux-arm64-gnu", "glibc", {"arm64"}, 0),
        ("prebuilds/linux-x64/node.abi115.musl.node", "musl", {"x64"}, 115),
        ("lib/x-linux-x64-glibc-127.node", "glibc", {"x64"}, 127),
        ("prebuilds/linux-x64/node.napi.node", "", {"x64"}, 0),
    ],
)
def test_names_tell_platforms(name: str, libc: str, processors: set[str], abi: int) -> None:
    parsed = parse_platform(name)
    assert (parsed.libc, parsed.processors, parsed.abi) == (libc, processors, abi)
