"""Compiled programs against a candidate, by what their headers ask of a C library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advising.install_targets import libc_of
from bedplate.binaries.elf import read_elf
from bedplate.errors import BedplateError
from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.advising.candidate import Candidate
    from bedplate.model.elf_file import ElfFile

_CHECK = "interpreter"


def prove_programs(programs: Mapping[str, bytes], candidate: Candidate) -> Iterator[Proof]:
    """Judge programs by loader and least version of glibc; `bedplate prove` judges by more.

    Args:
        programs: content by path.
        candidate: the image.
    """
    for path, content in programs.items():
        try:
            elf = read_elf(content, symbols=False)
        except BedplateError as error:
            yield Proof(path, Outcome.UNKNOWN, _CHECK, error.message)
            continue
        yield _judge(path, elf, candidate)


def _judge(path: str, elf: ElfFile, candidate: Candidate) -> Proof:
    if not elf.interpreter:
        return Proof(path, Outcome.LOADS, evidence=("no PT_INTERP: a static program",))
    libc, version = libc_of(candidate.family, candidate.facts)
    wanted = "musl" if "ld-musl" in elf.interpreter else "glibc"
    shown = (f"PT_INTERP: {elf.interpreter}",)
    if libc != wanted:
        reason = f"it asks for {wanted}'s loader, and there is {libc or 'no C library'}"
        fix = "link it statically, or build it for that C library"
        return Proof(path, Outcome.FAILS, _CHECK, reason, elf.interpreter, fix=fix, evidence=shown)
    least = _least_glibc(elf)
    if version and least > _numbers(version):
        name = ".".join(map(str, least))
        reason = f"it needs glibc {name}, and there is {version}"
        return Proof(path, Outcome.FAILS, "symbol_versions", reason, f"GLIBC_{name}")
    libraries = f"needs {', '.join(elf.needed)}" if elf.needed else ""
    return Proof(
        path,
        Outcome.UNKNOWN,
        _CHECK,
        libraries or "its libraries were not looked for",
        fix="`bedplate prove` looks for its libraries in the image",
        evidence=shown,
    )


def _least_glibc(elf: ElfFile) -> tuple[int, ...]:
    names = (need.name for need in elf.versions_needed if not need.weak)
    found = (_numbers(name.removeprefix("GLIBC_")) for name in names if name.startswith("GLIBC_2"))
    return max(found, default=())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part[:6]) for part in text.split(".") if part.isdecimal())
