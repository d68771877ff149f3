"""Go, Rust, Deno, Bun and .NET."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.runtimes.known import deno, dotnet

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]
    Binary = Callable[[bytes], bytes]


def test_go_of_the_official_image(find: Find) -> None:
    (runtime,) = find(
        {
            "usr/local/go/VERSION": b"go1.26.8\ntime 2026-08-28T16:20:06Z\n",
            "usr/local/go/bin/go": b"\x7fELF",
            "usr/local/go/src/runtime/asm.s": b"x",
        }
    )

    assert (runtime.title, runtime.version) == ("Go", "1.26.8")
    assert (runtime.path, runtime.evidence) == ("usr/local/go/bin/go", "usr/local/go/VERSION")
    assert (runtime.eol_product, runtime.eol_cycle) == ("go", "1.26")
    assert runtime.roots == ("usr/local/go",)


def test_go_of_debian_has_two_folders(find: Find) -> None:
    (runtime,) = find(
        {
            "usr/lib/go-1.24/VERSION": "../../share/go-1.24/VERSION",
            "usr/lib/go-1.24/bin/go": b"\x7fELF",
            "usr/share/go-1.24/VERSION": b"go1.24.4\n",
            "usr/share/go-1.24/src/runtime/asm.s": b"x",
            "var/lib/dpkg/status": b"x",
        }
    )

    assert runtime.version == "1.24.4"
    assert runtime.roots == ("usr/lib/go-1.24", "usr/share/go-1.24")
    assert runtime.packaged


def test_go_without_its_version_file_says_it_in_the_command(find: Find, binary: Binary) -> None:
    info = b"\xff Go buildinf:\x08\x02" + b"\0" * 16 + b"\x08go1.25.1\x00"
    (runtime,) = find({"opt/sdk/bin/go": binary(info)})

    assert (runtime.version, runtime.evidence) == ("1.25.1", "opt/sdk/bin/go")
    assert runtime.roots == ("opt/sdk/bin/go",)


@pytest.mark.parametrize(
    "files",
    [
        {"srv/app/VERSION": b"1.2.3"},
        {"srv/app/VERSION": b"go1.26.8"},
        {"srv/app/bin/go": b"\x7fELF nothing"},
        {"VERSION": b"go1.26.8", "bin/gofmt": b"x"},
    ],
)
def test_what_is_no_go(find: Find, files: Files) -> None:
    assert find(files) == ()


def test_rust_of_the_official_image(find: Find, binary: Binary) -> None:
    toolchain = "usr/local/rustup/toolchains/1.95.0-x86_64-unknown-linux-gnu"
    proxy = binary(b"rustup/1.29.0 (reqwest) rustc version 1.93.0 (abcdef012 2026-01-01)")
    (runtime,) = find(
        {
            f"{toolchain}/bin/rustc": binary(b"rustc version 1.95.0 (598076 2026-04-14)\x00"),
            f"{toolchain}/bin/cargo": b"\x7fELF",
            f"{toolchain}/lib/rustlib/components": b"x",
            "usr/local/cargo/bin/rustup": proxy,
            "usr/local/cargo/bin/rustc": proxy,
        }
    )

    assert (runtime.title, runtime.version) == ("Rust", "1.95.0")
    assert (runtime.eol_product, runtime.eol_cycle) == ("rust", "1.95")
    assert runtime.roots == (toolchain,)
    assert [(tool.name, tool.version) for tool in runtime.bundled] == [
        ("cargo", "1.95.0"),
        ("rustup", "1.29.0"),
    ]
    assert runtime.bundled[1].roots == ("usr/local/cargo/bin/rustc", "usr/local/cargo/bin/rustup")


@pytest.mark.parametrize(
    ("prefix", "more", "version"),
    [
        ("opt/toolchains/1.94.1-aarch64-unknown-linux-musl", "x", "1.94.1"),
        ("opt/toolchains/stable-aarch64-unknown-linux-musl", "x", ""),
        ("usr", "usr/share/doc/libstd-rust-1.63/copyright", "1.63"),
    ],
)
def test_a_stripped_rust_is_told_by_folders(
    find: Find, prefix: str, more: str, version: str
) -> None:
    (runtime,) = find(
        {
            f"{prefix}/bin/rustc": b"\x7fELF stripped",
            f"{prefix}/lib/rustlib/etc/x": b"x",
            more: b"x",
        }
    )

    assert runtime.version == version


@pytest.mark.parametrize(
    ("name", "words", "version"),
    [
        ("deno", b"globalsdenover2.9.82.9.8+fe7ed01Deno/2.9.8Deno/2.9.8+fe7ed01fe7", "2.9.8"),
        ("deno", b"Deno/1.46.3\x00", "1.46.3"),
        ("deno", b"Deno/2.9.83.1", None),
        ("bun", b"\x16\0\0Bun v1.4.5 (Linux x64)\0", "1.4.5"),
        ("bun", b"user-agent Bun/1.1.0\0", "1.1.0"),
        ("bun", b"Bun is a word", None),
    ],
)
def test_one_program(
    find: Find, binary: Binary, name: str, words: bytes, version: str | None
) -> None:
    found = find({f"usr/local/bin/{name}": binary(words)})

    assert [(r.name, r.version) for r in found] == ([(name, version)] if version else [])
    assert all(r.roots == (f"usr/local/bin/{name}",) for r in found)


def test_dotnet(find: Find) -> None:
    root = "usr/share/dotnet"
    newest, older, web = find(
        {
            f"{root}/shared/Microsoft.NETCore.App/8.0.9/Microsoft.NETCore.App.deps.json": b"{}",
            f"{root}/shared/Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App.deps.json": b"{}",
            f"{root}/shared/Microsoft.AspNetCore.App/8.0.11/Microsoft.AspNetCore.App.deps.json":
                b"{}",
            f"{root}/sdk/8.0.404/dotnet.dll": b"x",
            f"{root}/sdk/NuGetFallbackFolder/x": b"x",
            "var/lib/dpkg/status": b"x",
        }
    )  # fmt: skip

    assert (newest.title, newest.version, newest.roots) == (".NET", "8.0.11", (root,))
    assert (newest.eol_product, newest.eol_cycle, newest.packaged) == ("dotnet", "8", False)
    assert [(tool.name, tool.version) for tool in newest.bundled] == [("dotnet-sdk", "8.0.404")]
    assert older.version == "8.0.9"
    assert older.roots == (f"{root}/shared/Microsoft.NETCore.App/8.0.9",)
    assert older.bundled == ()
    assert (web.title, web.version, web.eol_product) == ("ASP.NET Core", "8.0.11", "")


def test_dotnet_of_a_distribution(find: Find) -> None:
    folder = "usr/lib/dotnet/shared/Microsoft.NETCore.App/10.0.0-rc.1"
    (runtime,) = find(
        {f"{folder}/Microsoft.NETCore.App.deps.json": b"{}", "var/lib/rpm/rpmdb.sqlite": b"x"}
    )

    assert (runtime.version, runtime.packaged) == ("10.0.0-rc.1", True)


def test_cycles() -> None:
    assert [dotnet.cycle(v) for v in ("8.0.11", "3.1.32", "10.0.0", "")] == ["8", "3.1", "10", ""]
    assert [deno.cycle(v) for v in ("2.9.8", "1.46.3", "")] == ["2.9", "1", ""]
