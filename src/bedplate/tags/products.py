"""Which products a tag says are in an image: `20-bookworm` of node is Node.js 20 on Debian 12."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.errors import InvalidReference
from bedplate.model.reference import Reference
from bedplate.runtimes.codenames import node_major

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.tag import Tag

_HUB = "docker.io/library/"
# By canonical repository: the product of the end-of-life table that its tags are versions of.
_PRODUCTS = {
    f"{_HUB}almalinux": "almalinux",
    f"{_HUB}alpine": "alpine-linux",
    f"{_HUB}amazoncorretto": "amazon-corretto",
    f"{_HUB}amazonlinux": "amazon-linux",
    f"{_HUB}buildpack-deps": "ubuntu",
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
_DISTROS = {
    "almalinux": "almalinux",
    "alpine": "alpine-linux",
    "amazonlinux": "amazon-linux",
    "centos": "centos",
    "debian": "debian",
    "fedora": "fedora",
    "leap": "opensuse",
    "oraclelinux": "oracle-linux",
    "rockylinux": "rocky-linux",
    "sles": "sles",
    "ubi": "rhel",
    "ubuntu": "ubuntu",
}


def named_cycles(tag: Tag, is_cycle: Callable[[str, str], object]) -> Iterator[tuple[str, str]]:
    """List product and cycle of what the tag names: the runtime first, then the distribution.

    A tag that names no known cycle (`latest`, `3` of python) says nothing.

    Args:
        tag: of any repository; the runtime is known of the most used ones.
        is_cycle: tells by product and cycle whether the end-of-life table has it.
    """
    for product, version in _named(tag):
        parts = version.split(".")
        starts = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        cycle = next((start for start in starts if is_cycle(product, start)), "")
        if cycle:
            yield product, cycle


def _named(tag: Tag) -> Iterator[tuple[str, str]]:
    product = product_of(tag.repository)
    if product and tag.version:
        # the update of Java 8 is written 8u422
        yield product, tag.version_text.partition("u")[0]
    elif product == "nodejs":
        yield from (("nodejs", major) for major in map(node_major, tag.words) if major)
    if tag.distro in _DISTROS and tag.release:
        yield _DISTROS[tag.distro], tag.release


def distro_product(distro: str) -> str:
    """Give the product of a distribution as tags name it, empty when it is not known."""
    return _DISTROS.get(distro, "")


@lru_cache(maxsize=1024)
def product_of(repository: str) -> str:
    """Give the product of the end-of-life table that a repository's tags are versions of.

    Args:
        repository: `node`, `docker.io/library/node`.

    Returns:
        empty when it is not known.
    """
    try:
        return _PRODUCTS.get(Reference.parse(repository).name, "")
    except InvalidReference:
        return ""
