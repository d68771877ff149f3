"""`bedplate prove` as a whole: images, folders and files against bases of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bedplate.cli.commands import prove
from bedplate.reporting.prove_formats import PROVE_FORMATS
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder
from bedplate.testing.sample_roots import GLIBC_FILES, MUSL_FILES, library, program

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any, Protocol

    class Shell(Protocol):
        folder: Path
        out: str
        err: str

        def run(self, *argv: str) -> int: ...


def lay_out(folder: Path, files: Mapping[str, bytes | str]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            place.symlink_to(content)
        else:
            place.write_bytes(content)
            place.chmod(0o755)


@pytest.fixture(autouse=True)
def fixture_inside(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be where images are named from."""
    monkeypatch.chdir(shell.folder)


@pytest.fixture(name="bases")
def fixture_bases(shell: Shell) -> None:
    lay_out(shell.folder / "debian", dict(sorted(GLIBC_FILES.items(), reverse=True)))
    lay_out(shell.folder / "alpine", MUSL_FILES)


def report(shell: Shell) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(shell.out)
    assert document["schema"] == "bedplate/prove/1"
    return document


@pytest.mark.usefixtures("bases")
def test_a_program_on_several_bases(shell: Shell) -> None:
    lay_out(shell.folder, {"tool": program("libc.so.6")})
    where = ("dir:debian", "dir:alpine", "scratch")
    assert shell.run("prove", "tool", "--on", *where, "--format", "json") == 1
    outcomes = [base["outcome"] for base in report(shell)["bases"]]
    assert outcomes == ["loads", "fails", "fails"]
    assert shell.run("prove", "tool", "--on", "dir:debian") == 0


@pytest.mark.usefixtures("bases")
def test_the_terminal_names_what_is_missing_and_the_fix(shell: Shell) -> None:
    lay_out(shell.folder, {"tool": program("libc.so.6", "libudev.so.1")})
    assert shell.run("prove", "tool", "--on", "dir:debian") == 1
    for words in ("tool", "fails", "libudev.so.1 is not found", "fix", "known from root file"):
        assert words in shell.out


@pytest.mark.usefixtures("bases")
def test_markdown_escapes_names(shell: Shell) -> None:
    lay_out(shell.folder, {"app/to|ol": program("libabsent.so.1")})
    assert shell.run("prove", "app", "--on", "dir:debian", "--format", "markdown") == 1
    assert "| to\\|ol | fails |" in shell.out


@pytest.mark.usefixtures("bases")
def test_terminals_are_safe_from_names(shell: Shell) -> None:
    lay_out(shell.folder, {"app/\x1b[31mx": program("lib\x1b]0;x.so")})
    assert shell.run("prove", "app", "--on", "dir:debian") == 1
    assert "\x1b" not in shell.out


@pytest.mark.usefixtures("bases")
def test_folders_know_the_libraries_in_them(shell: Shell) -> None:
    files = {
        "app/bin/tool": program("libx.so.1", runpath="$ORIGIN/../lib"),
        "app/lib/libx.so.1": library("libc.so.6", soname="libx.so.1"),
    }
    lay_out(shell.folder, files)
    assert shell.run("prove", "app", "--on", "dir:debian", "--format", "json") == 0
    (base,) = report(shell)["bases"]
    assert [proof["path"] for proof in base["proofs"]] == ["bin/tool"]


def image(shell: Shell) -> None:
    libc = "usr/lib/x86_64-linux-gnu/libc.so.6"
    older = ElfBuilder(
        soname="libc.so.6", defines=("GLIBC_2.2.5",), symbols=(ElfSymbol("printf"),)
    ).build()
    base = layer_tar(GLIBC_FILES)
    app = layer_tar(
        {
            "app/tool": ElfBuilder(
                interpreter="/lib64/ld-linux-x86-64.so.2",
                needed=("libc.so.6",),
                needs={"libc.so.6": ("GLIBC_2.34",)},
            ).build()
        }
    )
    built = LayoutBuilder(shell.folder / "layout")
    built.add_image([base, app], tag="app", config={"Entrypoint": ["/app/tool"], "User": "app"})
    built.add_image([base], tag="new")
    built.add_image([layer_tar({**GLIBC_FILES, libc: older})], tag="old")


def test_of_an_image_only_its_own_layers_are_judged(shell: Shell) -> None:
    image(shell)
    where = ("--on", "oci:layout:new", "oci:layout:old", "--format", "json")
    assert shell.run("prove", "oci:layout:app", *where) == 2
    assert "--base-layers" in shell.err
    assert shell.run("prove", "oci:layout:app", "--base-layers", "1", *where) == 1
    new, old = report(shell)["bases"]
    found = {proof["path"]: proof["outcome"] for proof in new["proofs"]}
    assert found == {"app/tool": "loads", "ENTRYPOINT": "loads", "USER": "fails"}
    (tool,) = [proof for proof in old["proofs"] if proof["path"] == "app/tool"]
    assert (tool["outcome"], tool["missing"]) == ("fails", "GLIBC_2.34")
    assert old["known_from"] == "layers"


def test_profiles_answer_offline_and_say_what_they_are(shell: Shell) -> None:
    lay_out(shell.folder, {"tool": program("libc.so.6", "libstdc++.so.6", "libz.so.1")})
    where = ("debian:12", "debian:11-slim", "alpine:3.22")
    assert shell.run("prove", "tool", "--offline", "--format", "json", "--on", *where) == 1
    twelve, eleven, alpine = report(shell)["bases"]
    assert (twelve["outcome"], eleven["outcome"], alpine["outcome"]) == ("loads", "loads", "fails")
    assert "libc6 2.36-9+deb12u" in twelve["known_from"]
    assert "not of this image's digest" in twelve["known_from"]


def test_a_profile_of_the_c_library_alone_says_nothing_of_others(shell: Shell) -> None:
    lay_out(shell.folder, {"tool": program("libz.so.1", loader="lib/ld-musl-x86_64.so.1")})
    assert shell.run("prove", "tool", "--offline", "--format", "json", "--on", "alpine:3.22") == 3
    ((proof,),) = [base["proofs"] for base in report(shell)["bases"]]
    assert (proof["outcome"], proof["provided_by"]) == ("cannot tell", ["zlib"])


def test_a_base_that_is_not_there_keeps_no_other_from_being_told(shell: Shell) -> None:
    lay_out(shell.folder, {"tool": ElfBuilder(type="executable", dynamic=False).build()})
    assert shell.run("prove", "tool", "--on", "scratch", "dir:absent") == 3
    assert "loads" in shell.out
    assert "absent" in shell.out


def test_what_is_not_there_is_said_in_one_line(shell: Shell) -> None:
    assert shell.run("prove", "dir:absent", "--on", "scratch") == 2
    assert len(shell.err.splitlines()) == 1


def test_formats_are_those_of_the_shelf() -> None:
    assert tuple(entry.NAME for entry in PROVE_FORMATS) == prove.FORMATS
