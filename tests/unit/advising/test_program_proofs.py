"""Compiled programs are judged by their loader and by the least glibc that they ask for."""

from __future__ import annotations

from bedplate.advising.candidate import Candidate
from bedplate.advising.program_proofs import prove_programs
from bedplate.model.base_facts import BaseFacts, Libc
from bedplate.model.image_family import ImageFamily
from bedplate.model.verdict import Outcome, Proof
from bedplate.testing.elf_builder import ElfBuilder

SCRATCH = ImageFamily("scratch", ("scratch",), "", "")
ALPINE = ImageFamily("alpine", ("alpine:3.24",), "alpine", "musl")
DEBIAN = ImageFamily("slim", ("debian:trixie-slim",))
GLIBC = "/lib64/ld-linux-x86-64.so.2"


def judge(program: ElfBuilder, family: ImageFamily, version: str = "") -> Proof:
    libcs = (Libc(family.libc, version),) if family.libc else ()
    candidate = Candidate(family.images[0], family, facts=BaseFacts("a", libcs=libcs))
    (proof,) = prove_programs({"app": program.build()}, candidate)
    return proof


def test_a_static_program_runs_everywhere() -> None:
    assert judge(ElfBuilder(), SCRATCH).outcome is Outcome.LOADS


def test_a_loader_that_is_not_there_is_the_reason() -> None:
    program = ElfBuilder(interpreter=GLIBC)
    for family in (SCRATCH, ALPINE):
        proof = judge(program, family)
        assert proof.outcome is Outcome.FAILS
        assert proof.missing == GLIBC
    assert judge(program, DEBIAN).outcome is Outcome.UNKNOWN


def test_what_is_no_program_is_said_so() -> None:
    candidate = Candidate("scratch", SCRATCH)
    (proof,) = prove_programs({"app": b"\x7fELF" + b"\0" * 80}, candidate)
    assert proof.outcome is Outcome.UNKNOWN
    assert proof.reason


def test_a_newer_glibc_than_the_image_has_is_refused() -> None:
    program = ElfBuilder(
        interpreter=GLIBC, needed=("libc.so.6",), needs={"libc.so.6": ("GLIBC_2.38",)}
    )
    proof = judge(program, DEBIAN, "2.36")
    assert proof.outcome is Outcome.FAILS
    assert proof.missing == "GLIBC_2.38"
    assert judge(program, DEBIAN, "2.41").outcome is Outcome.UNKNOWN
