"""Which releases the words of a tag name: `20-bookworm` of node is Node.js 20 on Debian 12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.facts.end_of_life import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.reference import Reference

_HUB = "docker.io/library/"
# By canonical repository: the product of the end-of-life table that its tags are versions of.
_PRODUCTS = {
    f"{_HUB}almalinux": "almalinux",
    f"{_HUB}alpine": "alpine-linux",
    f"{_HUB}amazoncorretto": "amazon-corretto",
    f"{_HUB}amazonlinux": "amazon-linux",
    f"{_HUB}centos": "centos",
    f"{_HUB}debian": "debian",
    f"{_HUB}eclipse-temurin": "eclipse-temurin",
    f"{_HUB}fedora": "fedora",
    f"{_HUB}golang": "go",
    f"{_HUB}httpd": "apache-http-server",
    f"{_HUB}mariadb": "mariadb",
    f"{_HUB}mongo": "mongodb",
    f"{_HUB}mysql": "mysql",
    f"{_HUB}nginx": "nginx",
    f"{_HUB}node": "nodejs",
    f"{_HUB}oraclelinux": "oracle-linux",
    f"{_HUB}php": "php",
    f"{_HUB}postgres": "postgresql",
    f"{_HUB}python": "python",
    f"{_HUB}redis": "redis",
    f"{_HUB}rockylinux": "rocky-linux",
    f"{_HUB}ruby": "ruby",
    f"{_HUB}rust": "rust",
    f"{_HUB}tomcat": "tomcat",
    f"{_HUB}ubuntu": "ubuntu",
    "docker.io/denoland/deno": "deno",
    "docker.io/opensuse/leap": "opensuse",
    "docker.io/oven/bun": "bun",
    "docker.io/rockylinux/rockylinux": "rocky-linux",
    "mcr.microsoft.com/dotnet/aspnet": "dotnet",
    "mcr.microsoft.com/dotnet/runtime": "dotnet",
    "mcr.microsoft.com/dotnet/runtime-deps": "dotnet",
    "mcr.microsoft.com/dotnet/sdk": "dotnet",
}
# Publishers whose tags name the distribution that an image stands on.
_WITH_SUFFIX = (_HUB, "docker.io/rockylinux/", "mcr.microsoft.com/dotnet/")
# debian.org/releases and wiki.ubuntu.com/Releases.
_CODENAMES = {
    "jessie": ("debian", "8"),
    "stretch": ("debian", "9"),
    "buster": ("debian", "10"),
    "bullseye": ("debian", "11"),
    "bookworm": ("debian", "12"),
    "trixie": ("debian", "13"),
    "trusty": ("ubuntu", "14.04"),
    "xenial": ("ubuntu", "16.04"),
    "bionic": ("ubuntu", "18.04"),
    "focal": ("ubuntu", "20.04"),
    "jammy": ("ubuntu", "22.04"),
    "noble": ("ubuntu", "24.04"),
}
_VERSION = re.compile(r"(?:v|centos)?(\d{1,9}(?:\.\d{1,9}){0,3})")
_ALPINE = re.compile(r"alpine(\d{1,9}\.\d{1,9})(?:\.\d{1,9})?")


def releases_of(reference: Reference) -> Iterator[tuple[str, str]]:
    """List what the tag says is in an image, as product and cycle of the end-of-life table.

    A tag that names no cycle of the table (`latest`, `lts`, `3` of python) says nothing.
    """
    first, *words = reference.tag.split("-")
    product = _PRODUCTS.get(reference.name)
    version = _VERSION.fullmatch(first)
    if product and version:
        cycle = _cycle(product, version[1])
        if cycle:
            yield product, cycle
    if reference.name.startswith(_WITH_SUFFIX):
        for word in (first, *words):
            alpine = _ALPINE.fullmatch(word)
            if alpine:
                yield "alpine-linux", alpine[1]
            elif word in _CODENAMES:
                yield _CODENAMES[word]


def codename_of(distro: str, cycle: str) -> str:
    """Give the code name of a release of Debian or Ubuntu, empty when it is not known."""
    return next((name for name, release in _CODENAMES.items() if release == (distro, cycle)), "")


def _cycle(product: str, version: str) -> str:
    """Give the cycle that a version belongs to: the longest beginning that is one."""
    known = load_table().products.get(product)
    parts = version.split(".")
    starts = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((start for start in starts if known and start in known.cycles), "")
