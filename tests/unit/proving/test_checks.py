"""Every check of compiled files, each on a file that fails it and on one that passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.flows.proof_base import WANTS
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving import prove, prove_on
from bedplate.proving.application import Application
from bedplate.proving.candidate import candidate_of_tree
from bedplate.proving.memory_files import MemoryFiles
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.sample_roots import (
    GLIBC_FILES,
    MUSL,
    MUSL_FILES,
    library,
    program,
)
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.tree import Tree


def node(**more: object) -> bytes:
    fields: dict[str, object] = {
        "interpreter": "/lib64/ld-linux-x86-64.so.2",
        "needed": ("libc.so.6",),
        "symbols": (ElfSymbol("napi_create_function"),),
        "rodata": b"/node-v20.18.0.tar.gz",
        **more,
    }
    return ElfBuilder(**fields).build()  # type: ignore[arg-type]


GLIBC_NODE = node()
MUSL_NODE = ElfBuilder(
    interpreter=f"/{MUSL}",
    needed=("libc.musl-x86_64.so.1",),
    symbols=(ElfSymbol("napi_create_function"),),
    rodata=b"/node-v20.18.0.tar.gz",
).build()
NODE = "usr/local/bin/node"
ADDON = "app/node_modules/x/build/Release/x.node"
JUMP_SLOT, GLOB_DAT, ABSOLUTE = 7, 6, 1
GNU_STACK = 0x6474E551


def root(files: Mapping[str, bytes | str], more: Mapping[str, bytes | str] | None = None) -> Tree:
    modes = dict.fromkeys([NODE, "usr/bin/sh"], 0o755)
    return MemoryTree({**files, **(more or {})}, wants=WANTS, modes=modes)


def only(files: dict[str, bytes], base: Tree) -> Proof:
    (proof,) = prove(files, base)
    return proof


def addon(*absent: ElfSymbol, **more: object) -> bytes:
    symbols = (*absent, ElfSymbol("napi_register_module_v1"))
    fields: dict[str, object] = {"needed": ("libc.so.6",), "symbols": symbols, **more}
    return ElfBuilder(**fields).build()  # type: ignore[arg-type]


def absent(name: str, *relocations: int) -> ElfSymbol:
    return ElfSymbol(name, defined=False, relocations=relocations)


GLIBC_ROOT = root(GLIBC_FILES, {NODE: GLIBC_NODE})
MUSL_ROOT = root(MUSL_FILES, {NODE: MUSL_NODE})
SCRATCH = MemoryTree({})


def test_a_program_needs_its_loader() -> None:
    here = only({"app/tool": program("libc.so.6")}, GLIBC_ROOT)
    assert here.outcome is Outcome.LOADS
    there = only({"app/tool": program("libc.so.6")}, MUSL_ROOT)
    assert (there.outcome, there.check) == (Outcome.FAILS, "interpreter")
    assert there.missing == "/lib64/ld-linux-x86-64.so.2"
    nowhere = only({"app/tool": program()}, SCRATCH)
    assert "CGO_ENABLED=0" in nowhere.fix


def test_a_static_program_needs_nothing() -> None:
    proof = only({"app/tool": ElfBuilder(type="executable", dynamic=False).build()}, SCRATCH)
    assert (proof.outcome, proof.reason) == (Outcome.LOADS, "static: it needs no library")


def test_a_static_glibc_is_a_risk_only_where_names_are_looked_up() -> None:
    text = b"\0libnss_dns.so\0"
    plain = ElfBuilder(type="executable", dynamic=False, rodata=text).build()
    proof = only({"app/tool": plain}, MUSL_ROOT)
    assert (proof.outcome, proof.check) == (Outcome.LOADS, "name service")
    functions = text + b"net.(*Resolver).lookupIPAddr\0"
    noted = ElfBuilder(type="executable", dynamic=False, rodata=functions, notes={4: b"id"})
    looks_up = noted.build().replace(b"GNU\0", b"Go\0\0")  # whose note shows the Go linker
    assert only({"app/tool": looks_up}, MUSL_ROOT).outcome is Outcome.RISK
    assert only({"app/tool": looks_up}, GLIBC_ROOT).outcome is Outcome.LOADS


def test_the_processor_counts() -> None:
    proof = only({"app/tool": ElfBuilder(machine=183, type="executable").build()}, GLIBC_ROOT)
    assert (proof.outcome, proof.check) == (Outcome.FAILS, "architecture")
    assert proof.reason == "built for AArch64, the base is for x86-64"


def test_the_first_missing_library_is_named_with_who_asks_and_who_brings_it() -> None:
    os_release = {"etc/os-release": b"ID=alpine\nVERSION_ID=3.21.0\n"}
    alpine = root(MUSL_FILES, {NODE: MUSL_NODE, **os_release})
    files = {ADDON: addon(needed=("libusb.so",), runpath="$ORIGIN")}
    files["app/node_modules/x/build/Release/libusb.so"] = library("libudev.so.1")
    proof = prove(files, alpine)[-1]
    assert (proof.outcome, proof.missing) == (Outcome.FAILS, "libudev.so.1")
    assert proof.requested_by == "app/node_modules/x/build/Release/libusb.so"
    assert proof.provided_by == ("eudev-libs",)
    assert proof.fix == "apk add eudev-libs"


def test_versions_are_compared_as_sets() -> None:
    files = {ADDON: addon(needs={"libc.so.6": ("GLIBC_2.39",)})}
    proof = only(files, GLIBC_ROOT)
    assert (proof.outcome, proof.check) == (Outcome.FAILS, "symbol versions")
    assert proof.missing == "GLIBC_2.39"
    assert "debian:13" in proof.fix
    assert only({ADDON: addon(needs={"libc.so.6": ("GLIBC_2.39?",)})}, GLIBC_ROOT).outcome is (
        Outcome.LOADS
    )


@pytest.mark.parametrize(
    ("base", "relocation", "outcome"),
    [
        (GLIBC_ROOT, JUMP_SLOT, Outcome.RISK),
        (GLIBC_ROOT, GLOB_DAT, Outcome.FAILS),
        (GLIBC_ROOT, ABSOLUTE, Outcome.FAILS),
        (MUSL_ROOT, JUMP_SLOT, Outcome.RISK),
        (MUSL_ROOT, GLOB_DAT, Outcome.RISK),
        (MUSL_ROOT, ABSOLUTE, Outcome.FAILS),
    ],
)
def test_how_a_symbol_is_used_decides_when_it_is_missed(
    base: Tree, relocation: int, outcome: Outcome
) -> None:
    proof = only({ADDON: addon(absent("__snprintf_chk", relocation))}, base)
    assert proof.outcome is outcome
    assert "__snprintf_chk" in proof.reason


def test_a_program_of_musl_is_bound_when_it_starts() -> None:
    tool = ElfBuilder(
        interpreter=f"/{MUSL}", needed=("libc.so",), symbols=(absent("fcntl64", JUMP_SLOT),)
    ).build()
    proof = only({"app/tool": tool}, MUSL_ROOT)
    assert (proof.outcome, proof.missing) == (Outcome.FAILS, "fcntl64")


def test_what_resolves_by_luck_is_unsupported() -> None:
    assert only({ADDON: addon()}, MUSL_ROOT).outcome is Outcome.UNSUPPORTED
    assert only({ADDON: addon(needed=("libc.musl-x86_64.so.1",))}, MUSL_ROOT).outcome is (
        Outcome.LOADS
    )


def test_the_main_program_gives_symbols_and_is_asked_for_them() -> None:
    known = addon(absent("napi_create_function", JUMP_SLOT))
    unknown = addon(absent("napi_of_next_year", JUMP_SLOT))
    assert only({ADDON: known}, GLIBC_ROOT).outcome is Outcome.LOADS
    assert only({ADDON: unknown}, GLIBC_ROOT).outcome is Outcome.RISK
    without = only({ADDON: unknown}, root(GLIBC_FILES))
    assert without.outcome is Outcome.LOADS
    assert "was not looked at" in without.reason


def test_a_main_program_that_does_not_start_is_told_once() -> None:
    files = {ADDON: addon(), ADDON.replace("x.node", "y.node"): addon()}
    proof = only(files, root(MUSL_FILES, {NODE: GLIBC_NODE}))
    assert (proof.path, proof.check) == (NODE, "interpreter")


def test_a_newer_node_api_crashes() -> None:
    getter = ElfSymbol("node_api_module_get_api_version_v1", code=b"\xb8\x0a\x00\x00\x00\xc3")
    proof = only({ADDON: addon(getter)}, GLIBC_ROOT)
    assert (proof.outcome, proof.missing) == (Outcome.RISK, "Node-API 10")


def test_another_module_version_is_refused() -> None:
    nan = ElfBuilder(needed=("libc.so.6",), symbols=(ElfSymbol("node_register_module_v127"),))
    proof = only({ADDON: nan.build()}, GLIBC_ROOT)
    assert (proof.outcome, proof.missing) == (Outcome.FAILS, "NODE_MODULE_VERSION 127")


def test_python_never_looks_at_modules_for_another_libc() -> None:
    module = ElfBuilder(symbols=(ElfSymbol("PyInit__x"),)).build()
    gnu = "app/site-packages/_x.cpython-311-x86_64-linux-gnu.so"
    proof = only({gnu: module}, root(MUSL_FILES))
    assert (proof.outcome, proof.check) == (Outcome.FAILS, "extension suffix")
    assert proof.missing == "_x.cpython-311-x86_64-linux-musl.so"
    assert only({"app/site-packages/_x.abi3.so": module}, root(MUSL_FILES)).outcome is (
        Outcome.LOADS
    )


def test_compact_relocations_crash_on_an_older_musl() -> None:
    old = {**MUSL_FILES, MUSL: bytes(MUSL_FILES[MUSL]).replace(b"1.2.5", b"1.2.3")}  # type: ignore[arg-type]
    relr = addon(needed=(), tags={36: 0, 35: 0})
    assert only({ADDON: relr}, root(old)).check == "relative relocations"
    assert only({ADDON: relr}, root(MUSL_FILES)).outcome is Outcome.LOADS


def test_an_executable_stack_is_refused_by_new_loaders_alone() -> None:
    stack = addon(segments={GNU_STACK: 7})
    assert only({ADDON: stack}, GLIBC_ROOT).outcome is Outcome.LOADS
    libc = "usr/lib/x86_64-linux-gnu/libc.so.6"
    newer = ElfBuilder(
        soname="libc.so.6",
        defines=("GLIBC_2.2.5", "GLIBC_2.41"),
        symbols=(ElfSymbol("printf"),),
        segments={GNU_STACK: 6},
    ).build()
    process = {libc: newer, NODE: node(segments={GNU_STACK: 6})}
    assert only({ADDON: stack}, root(GLIBC_FILES, process)).check == "executable stack"
    unsaid = only({ADDON: addon()}, root(GLIBC_FILES, process))
    assert unsaid.check == "executable stack"
    assert only({ADDON: addon(segments={GNU_STACK: 6})}, root(GLIBC_FILES, process)).check == ""
    executable = {**process, NODE: node(segments={GNU_STACK: 7})}
    assert only({ADDON: stack}, root(GLIBC_FILES, executable)).check == ""


def test_a_library_that_nothing_opens_is_no_failure() -> None:
    files = {"app/tool": program("libc.so.6"), "app/lib/libx.so": library("libabsent.so.1")}
    tool, loose = sorted(prove(files, GLIBC_ROOT), key=lambda one: one.outcome.rank)
    assert (tool.outcome, loose.outcome) == (Outcome.LOADS, Outcome.UNKNOWN)
    assert "nothing that was seen opens it" in loose.reason


def test_scripts_need_their_interpreter() -> None:
    files = {"app/run": b"#!/bin/sh\necho\n", "app/env": b"#!/usr/bin/env python3\n"}
    base = root(GLIBC_FILES, {"usr/bin/sh": b"\x7fELF", "bin": "usr/bin"})
    found = {proof.path: proof for proof in prove(files, base)}
    assert found["app/run"].outcome is Outcome.LOADS
    assert found["app/env"].missing == "/usr/bin/env"


def test_damaged_files_are_said_and_not_judged() -> None:
    application = Application(MemoryFiles({"app/tool": program("libc.so.6")[:100]}))
    report = prove_on(application, candidate_of_tree("base", GLIBC_ROOT))
    assert report.proofs == ()
    assert [item.what for item in report.skipped] == ["app/tool"]
