"""Facts of images that never were, for tests of whatever reads or draws facts."""

from __future__ import annotations

from bedplate.model.base_facts import (
    BaseFacts,
    BaseMatch,
    EndOfLife,
    LayerFacts,
    Libc,
    Part,
)
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime, Tool
from bedplate.model.skipped import Skipped

_TOOLS = (
    Tool("npm", "10.8.2", ("usr/local/lib/node_modules/npm",), "package.json"),
    Tool("corepack", "0.32.0"),
)


def debian_sample(name: str = "sample/node:20") -> BaseFacts:
    """Give everything that is known of a large image, one field of each kind filled."""
    return BaseFacts(
        name=name,
        reference=f"docker.io/{name}",
        origin="registry",
        depth="layers",
        observed="2025-11-23",
        source="docker.io",
        platform="linux/amd64",
        platforms=("linux/amd64", "linux/arm/v7", "linux/arm64/v8"),
        index_digest="sha256:" + "1" * 64,
        manifest_digest="sha256:" + "2" * 64,
        config_digest="sha256:" + "3" * 64,
        media_type="application/vnd.oci.image.manifest.v1+json",
        created="2025-11-18T04:00:00Z",
        compressed_size=398_333_882,
        disk_size=1_097_112_345,
        layers=(
            LayerFacts(
                "sha256:" + "a" * 64,
                "sha256:" + "b" * 64,
                48_480_000,
                "application/vnd.oci.image.layer.v1.tar+gzip",
                "/bin/sh -c #(nop) ADD file:rootfs in /",
                117_000_000,
            ),
            LayerFacts("sha256:" + "c" * 64, None, 349_853_882, "", "RUN apt-get install", None),
        ),
        distro=DistroRelease(
            "debian",
            "Debian GNU/Linux",
            "12.12",
            "bookworm",
            eol_product="debian",
            eol_cycle="12",
            evidence="etc/os-release",
        ),
        libcs=(Libc("glibc", "2.36", "usr/lib/libc.so.6"),),
        shells=("/bin/bash", "/bin/sh"),
        package_managers=("usr/bin/apt",),
        runtimes=(Runtime("node", "Node.js", "20.19.5", bundled=_TOOLS),),
        user="",
        entrypoint=("docker-entrypoint.sh",),
        command=("node",),
        environment=("NODE_VERSION=20.19.5",),
        working_directory="",
        exposed_ports=("8080/tcp",),
        labels=(("maintainer", "somebody"),),
        certificates="/etc/ssl/certs/ca-certificates.crt",
        time_zones="/usr/share/zoneinfo",
        parts=(
            Part("os", "Debian GNU/Linux 12.12", 900_112_345, 12_000),
            Part("runtime", "Node.js 20.19.5", 150_000_000, 4_000),
            Part("package-manager", "npm 10.8.2", 15_000_000, 2_000),
            Part("hidden", "hidden by later layers", 32_000_000, 90),
        ),
        packages=(
            Package(
                "deb",
                "libssl3",
                "3.0.17-1~deb12u3",
                "amd64",
                "openssl",
                licenses=("Apache-2.0",),
                installed_size=6_000_000,
                file_count=1,
            ),
            Package("deb", "zlib1g", "1:1.2.13.dfsg-1", "amd64"),
            Package("npm", "npm", "10.8.2"),
        ),
        end_of_life=(
            EndOfLife(
                "debian",
                "Debian 12",
                "12",
                "2026-06-10",
                ended=False,
                lts=True,
                extended="2028-06-30",
            ),
            EndOfLife("nodejs", "Node.js 20", "20", "2026-04-30", ended=False, lts=True),
        ),
        bases=(BaseMatch("docker.io/library/debian:bookworm", evidence="layer chain", layers=1),),
        skipped=(Skipped("var/lib/broken.db", "not a database"),),
    )


def alpine_sample(name: str = "sample/node:20-alpine") -> BaseFacts:
    """Give a small image as the catalog knows it: rounded sizes, an ended release."""
    return BaseFacts(
        name=name,
        reference=f"docker.io/{name}",
        origin="catalog",
        depth="catalog",
        observed="2025-11-20",
        source="sizes of the published images",
        platform="linux/amd64",
        platforms=("linux/amd64", "linux/arm64/v8"),
        manifest_digest="sha256:" + "4" * 64,
        created="2025-11-10T00:00:00Z",
        compressed_size=48_700_000,
        disk_size=136_000_000,
        disk_size_precision=1_000_000,
        layers=(LayerFacts("sha256:" + "d" * 64, None, 48_700_000),),
        distro=DistroRelease("alpine", "Alpine Linux", "3.16.9"),
        libcs=(Libc("musl", "1.2.3"),),
        shells=("/bin/sh",),
        package_managers=("sbin/apk",),
        runtimes=(Runtime("node", "Node.js", "20.19.5", bundled=_TOOLS[:1]),),
        user="node",
        entrypoint=(),
        command=("node",),
        certificates="",
        time_zones="",
        parts=(
            Part("os", "Alpine Linux 3.16.9", 8_400_000),
            Part("runtime", "Node.js 20.19.5", 112_600_000),
            Part("package-manager", "npm 10.8.2", 15_000_000),
        ),
        packages=(Package("apk", "zlib", "1.2.12-r3"), Package("npm", "npm", "10.8.1")),
        end_of_life=(EndOfLife("alpine", "Alpine 3.16", "3.16", "2024-05-23", ended=True),),
    )


def unknown_sample(name: str = "sample/private:1") -> BaseFacts:
    """Give an image of which only the manifest was seen."""
    return BaseFacts(
        name=name,
        reference=f"docker.io/{name}",
        origin="registry",
        depth="manifest",
        observed="2025-11-23",
        source="docker.io",
        platform="linux/amd64",
        compressed_size=1_000,
    )


def scratch_sample() -> BaseFacts:
    """Give the empty image: everything is known, and there is nothing."""
    return BaseFacts(
        name="scratch",
        origin="catalog",
        depth="catalog",
        observed="2025-11-20",
        compressed_size=0,
        disk_size=0,
        layers=(),
        distro=DistroRelease("scratch", "scratch"),
        libcs=(),
        shells=(),
        package_managers=(),
        runtimes=(),
        certificates="",
        time_zones="",
        parts=(),
        packages=(),
        end_of_life=(),
    )
