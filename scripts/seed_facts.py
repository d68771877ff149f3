"""Reads single facts of an image: layers, release, C library, runtimes, packages."""

from __future__ import annotations

from typing import Any

from bedplate.model.base_facts import LayerFacts, Libc
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime, Tool

HISTORY_LINE = 80  # characters kept of a build step
DISTROLESS = "gcr.io/distroless/"

# os-release ID -> name for people, key in the end-of-life table, components of its cycle.
DISTROS = {
    "almalinux": ("AlmaLinux", "almalinux", 1),
    "alpine": ("Alpine Linux", "alpine-linux", 2),
    "amzn": ("Amazon Linux", "amazon-linux", 1),
    "busybox": ("BusyBox", "", 0),
    "debian": ("Debian GNU/Linux", "debian", 1),
    "fedora": ("Fedora Linux", "fedora", 1),
    "rocky": ("Rocky Linux", "rocky-linux", 1),
    "ubuntu": ("Ubuntu", "ubuntu", 2),
}
# runtime -> our key, name for people, key in the end-of-life table, components of its cycle.
RUNTIMES = {
    "go": ("go", "Go", "go", 2),
    "java": ("java", "OpenJDK (Temurin)", "eclipse-temurin", 1),
    "nginx": ("nginx", "nginx", "nginx", 2),
    "nodejs": ("node", "Node.js", "nodejs", 1),
    "php": ("php", "PHP", "php", 2),
    "postgresql": ("postgresql", "PostgreSQL", "postgresql", 1),
    "python": ("python", "Python", "python", 2),
    "redis": ("redis", "Redis", "redis", 2),
    "ruby": ("ruby", "Ruby", "ruby", 2),
    "rust": ("rust", "Rust", "rust", 2),
}
# package type -> packages that bring the C library, certificates, time zones; and their paths.
LIBC_PACKAGES = {"libc6": "glibc", "glibc": "glibc", "musl": "musl"}
CERTIFICATES = {
    "apk": (("ca-certificates-bundle", "ca-certificates"), "etc/ssl/certs/ca-certificates.crt"),
    "deb": (("ca-certificates",), "etc/ssl/certs/ca-certificates.crt"),
    "rpm": (("ca-certificates",), "etc/pki/tls/certs/ca-bundle.crt"),
}
# Not for rpm: minimal images keep the tzdata package and remove its files.
TIME_ZONES = {"apk": "usr/share/zoneinfo", "deb": "usr/share/zoneinfo"}


def read_layers(platform: dict[str, Any]) -> tuple[LayerFacts, ...] | None:
    """Turn layers; an image without any listed is one whose layers are not known."""
    layers = platform.get("layers")
    if not layers:
        return None
    return tuple(
        LayerFacts(
            digest=layer["digest"],
            diff_id=layer.get("diff_id"),
            compressed_size=layer["size"],
            media_type=layer["media_type"],
            created_by=layer["created_by"][:HISTORY_LINE].rstrip(),
        )
        for layer in layers
    )


def read_distro(reference: str, data: dict[str, Any]) -> DistroRelease:
    """Name the release as the readers of live images do."""
    key, version = data["os"]["id"], data["os"]["version"] or ""
    name, product, components = DISTROS[key]
    cycle = ".".join(version.split(".")[:components]) if version[:1].isdigit() else ""
    point = debian_point(data) if key == "debian" else ""
    base_id = ""
    if reference.startswith(DISTROLESS):
        key, name, base_id = "distroless", "Distroless (Debian)", "debian"
    return DistroRelease(
        key,
        name,
        version=point or version,
        codename=data["os"]["codename"] or "",
        base_id=base_id,
        eol_product=product if cycle else "",
        eol_cycle=cycle,
    )


def debian_point(data: dict[str, Any]) -> str:
    """Read the point release from base-files: `12.4+deb12u13` is of Debian 12.13."""
    if data.get("packages_match_image") is False:
        return ""
    for package in data["packages"] or []:
        base, _, update = package["version"].partition("+deb")
        if package["name"] == "base-files" and base and "u" in update:
            return str(update.replace("u", "."))
    return ""


def read_libcs(data: dict[str, Any], packages: tuple[Package, ...] | None) -> tuple[Libc, ...]:
    """Name the C library, with its version where the package tells."""
    if data["libc"] == "none":
        return ()
    for package in packages or ():
        if LIBC_PACKAGES.get(package.name) == data["libc"]:
            version = package.version.rpartition(":")[2].partition("-")[0]
            return (Libc(data["libc"], version, f"package {package.name} {package.version}"),)
    return (Libc(data["libc"]),)


def read_package_managers(data: dict[str, Any]) -> tuple[str, ...]:
    """Name the program that installs packages; apt can't be without dpkg."""
    program = data.get("package_manager_command") or data["package_manager"]
    if program == "apt":
        return ("apt", "dpkg")
    return () if program == "none" else (program,)


def read_runtimes(reference: str, data: dict[str, Any]) -> tuple[Runtime, ...]:
    """Name the runtime; BusyBox is a distribution to us."""
    found = data["runtime"]
    if not found or found["name"] not in RUNTIMES:
        return ()
    name, title, product, components = RUNTIMES[found["name"]]
    version = found["version"]
    variable = next((f"{k}={v}" for k, v in data["env"].items() if version.split("+")[0] in v), "")
    return (
        Runtime(
            name,
            title,
            version,
            evidence=f"{variable} in the image configuration" if variable else "",
            bundled=read_tools(reference, found["bundled"]),
            eol_product=product,
            eol_cycle=".".join(version.split(".")[:components]),
        ),
    )


def read_tools(reference: str, bundled: dict[str, str | None]) -> tuple[Tool, ...]:
    """Name the tools beside a runtime.

    The official images of Node.js and Python bring npm and pip, of a version that is not known
    here; distroless images leave them out, and yarn is there only where its version is known.
    """
    always = () if reference.startswith(DISTROLESS) else ("npm", "pip")
    return tuple(
        Tool(name, version or "") for name, version in bundled.items() if version or name in always
    )


def read_packages(data: dict[str, Any]) -> tuple[Package, ...] | None:
    """Turn packages; names of source packages cut to a letter by their source are dropped."""
    if data["packages"] is None:
        return None
    packages = []
    for item in data["packages"]:
        source = item["source"] or {}
        name = source.get("name") or ""
        whole = len(name) > 1
        packages.append(
            Package(
                type=item["type"],
                name=item["name"],
                version=item["version"],
                architecture=item.get("arch") or "",
                source_name=name if whole else "",
                source_version=(source.get("version") or "") if whole else "",
                installed_size=item["installed_size"],
            )
        )
    return tuple(sorted(packages, key=lambda p: (p.type, p.name, p.version)))


def read_certificates(packages: tuple[Package, ...] | None) -> str | None:
    """Tell where the CA bundle is, from the package that owns it."""
    if not packages:
        return None
    names, path = CERTIFICATES[packages[0].type]
    return path if any(p.name in names for p in packages) else ""


def read_time_zones(packages: tuple[Package, ...] | None) -> str | None:
    """Tell where the time zones are, from the package that owns them."""
    if not packages or packages[0].type not in TIME_ZONES:
        return None
    return TIME_ZONES[packages[0].type] if any(p.name == "tzdata" for p in packages) else ""


def optional(items: list[str] | None) -> tuple[str, ...] | None:
    """Keep "not known" apart from "empty"."""
    return None if items is None else tuple(items)
