"""Rust: Cargo.toml. The final image holds the compiled program and nothing of Rust.

Sources: the Cargo book (rust-version, bin targets, rust-toolchain.toml of rustup); the
Dockerfiles of rust-lang/docker-rust: Alpine's compiler links musl into the program.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.compiled_families import compiled_families
from bedplate.advising.recipe import Recipe, arguments_of
from bedplate.advising.source_needs import RUST
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.needs import Evidence, Need, NeedKind, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Needs

NAME, TITLE, PRODUCT = "rust", "Rust", "rust"
DEFAULT_VERSION = "1"
REPOSITORIES = ("rust",)
WANTED = ("Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml")
SUFFIXES = (".rs",)
SIGNS = RUST
_CHANNEL = re.compile(r"^\s*(?:channel\s*=\s*)?[\"']?(\d+\.\d+)", re.MULTILINE)
_LEAST = re.compile(r"^\s*rust-version\s*=\s*[\"'](\d+\.\d+)", re.MULTILINE)
_NAME = re.compile(r"^\s*\[package\][^\[]*?^\s*name\s*=\s*\"([\w-]+)\"", re.MULTILINE | re.DOTALL)
_BIN = re.compile(r"^\s*\[\[bin\]\][^\[]*?^\s*name\s*=\s*\"([\w-]+)\"", re.MULTILINE | re.DOTALL)
# Crates that link a library of the system, unless a feature compiles it in.
_SYSTEM_CRATES = re.compile(
    r'^name = "((?:openssl|pq|mysqlclient|libz|libgit2|libssh2|rdkafka|zmq|curl|alsa|dbus|gtk'
    r'|libsqlite3|sqlite3)-sys)"',
    re.MULTILINE,
)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a Cargo.toml at the root."""
    return files.has("Cargo.toml")


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read rust-toolchain and rust-version."""
    for path in ("rust-toolchain.toml", "rust-toolchain"):
        yield from found_versions(files, path, _CHANNEL)
    yield from tool_versions(files, "rust")
    # `rust-version` is the least: any newer compiler does, so the newest is taken
    for text, evidence in found_versions(files, "Cargo.toml", _LEAST):
        yield f">={text}", evidence


def needs(files: ProjectFiles) -> Iterator[Need]:
    """Find crates that link a library of the system."""
    evidence = files.find("Cargo.lock", _SYSTEM_CRATES)
    if evidence is not None:
        yield Need(NeedKind.NATIVE_CODE, "a crate that links a library of the system", evidence)


def start(files: ProjectFiles) -> Start:
    """Take the program's name from Cargo.toml."""
    return Start(("/app",), Evidence("Cargo.toml")) if files.has("Cargo.toml") else Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give images for a compiled program; what is static is built on Alpine."""
    debian = ("rust:{version}-slim-{codename}", "rust:{version}-slim", "rust:{version}")
    alpine = ("rust:{version}-alpine",)
    found = compiled_families("rust:{version}", debian, alpine)
    # the compiler's own target on Debian needs libc and libgcc at run time
    return tuple(
        family if family.libc else _built_on(family, alpine)
        for family in found
        if family.name != "distroless base"
    )


def _built_on(family: ImageFamily, builder: tuple[str, ...]) -> ImageFamily:

    return replace(family, builder=builder)


def recipe(files: ProjectFiles, wanted: Needs, _family: ImageFamily) -> Recipe:
    """Compile what is locked, and keep the program."""
    text = files.text("Cargo.toml")
    match = _BIN.search(text) or _NAME.search(text)
    program = match.group(1) if match else "app"
    locked = " --locked" if files.has("Cargo.lock") else ""
    return Recipe(
        build=(f"cargo build --release{locked}",),
        folder="/src",
        copies=((f"/src/target/release/{program}", "/app"),),
        command=("/app", *arguments_of(wanted)),
        keyword="ENTRYPOINT",
        ignored=("target",),
    )
