"""The Rust compiler, with cargo and rustup; a program that was built with it needs neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

NAME = "rust"
TITLE = "Rust"
EOL_PRODUCT = "rust"

_PROGRAM = "**/bin/rustc"
_RUSTUP = "**/bin/rustup"
# The compiler was compiled by itself, and says so in its debugging information.
_SEARCH = rb"rustc version (\d{1,2}\.\d{1,3}\.\d{1,3}(?:-[a-z]{1,10}(?:\.\d{1,2})?)?) \("
_RUSTUP_SEARCH = rb"rustup/(\d{1,2}\.\d{1,3}\.\d{1,3})[^0-9.]"

WANTS: tuple[Want, ...] = (
    *program(_PROGRAM, _SEARCH, b"rustc version "),
    *program(_RUSTUP, _RUSTUP_SEARCH, b"rustup/"),
)

_TOOLCHAIN = re.compile(r"(\d{1,2}\.\d{1,3}\.\d{1,3})(?:-[a-z0-9_]{1,40}){0,5}")
_DEBIAN_LIBRARY = re.compile(r"libstd-rust-(\d{1,2}\.\d{1,3})")
# Links to rustup under the names of what they start.
_PROXIES = (
    "cargo",
    "cargo-clippy",
    "cargo-fmt",
    "cargo-miri",
    "clippy-driver",
    "rls",
    "rust-analyzer",
    "rust-gdb",
    "rust-gdbgui",
    "rust-lldb",
    "rustc",
    "rustdoc",
    "rustfmt",
    "rustup",
)
_FILES = ("bin/rustc", "bin/rustdoc", "lib/rustlib", "lib/librustc_driver*", "lib/libstd-*")


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every compiler that has its libraries: rustup's stand-ins have none."""
    rustup = _rustup(tree)
    for path in programs(tree, _PROGRAM):
        prefix = prefix_of(path)
        if not tree.get(below(prefix, "lib/rustlib")):
            continue
        version, evidence = _version(tree, prefix, path)
        own = has_own_prefix(tree, prefix, ("lib/rustlib",))
        cargo = present(tree, prefix, ("bin/cargo",))
        tools = (Tool("cargo", version, cargo, cargo[0]),) if cargo else ()
        yield Runtime(
            NAME,
            TITLE,
            version,
            path,
            evidence,
            bundled=(*tools, *rustup),
            roots=(prefix,) if own else present(tree, prefix, _FILES),
            packaged=is_packaged(tree, path),
        )


def _version(tree: Tree, prefix: str, path: str) -> tuple[str, str]:
    if version := found(tree, path):
        return version, path
    folder = _TOOLCHAIN.fullmatch(prefix.rpartition("/")[2])
    if folder:
        return folder.group(1), prefix
    for name in tree.children("usr/share/doc") if prefix == "usr" else ():
        if match := _DEBIAN_LIBRARY.fullmatch(name):
            return match.group(1), f"usr/share/doc/{name}"
    return "", path


def _rustup(tree: Tree) -> tuple[Tool, ...]:
    for path in programs(tree, _RUSTUP):
        proxies = present(tree, path.rpartition("/")[0], _PROXIES)
        return (Tool("rustup", found(tree, path), proxies, path),)
    return ()


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `RUST_VERSION`, which the official image sets."""
    name, version = variable(config, ("RUST_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `1.95` of `1.95.0`."""
    return leading(version, 2)
