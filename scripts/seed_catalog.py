"""Turns a folder of facts about base images into entries of the catalog.

    python scripts/seed_catalog.py SOURCE ENTRIES
    bedplate catalog build --from ENTRIES --output src/bedplate/facts/data

SOURCE holds one JSON file for each image, `tags.json`, `tag_history.json.gz` and `eol.json`.
The end-of-life table is written straight into the package.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from seed_aliases import History, Observed, settle
from seed_tables import cycle_table, source_text, tag_table

from bedplate.facts.build_snapshot import file_name
from bedplate.facts.entry import Entry, encode_entry
from bedplate.model.base_facts import BaseFacts, LayerFacts, Libc
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime, Tool
from bedplate.model.skipped import Skipped

HISTORY_LINE = 80  # characters kept of a build step
HUB = "docker.io/library/"
DISTROLESS = "gcr.io/distroless/"
END_OF_LIFE = Path(__file__).parents[1] / "src/bedplate/facts/end_of_life.json"

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


def main(source: Path, output: Path) -> None:
    """Write the entries, the table of tags and the end-of-life table."""
    with gzip.open(source / "tag_history.json.gz") as file:
        histories = json.load(file)["repositories"]
    output.mkdir(parents=True, exist_ok=True)
    for item in json.loads((source / "index.json").read_bytes()):
        data = json.loads((source / item["file"]).read_bytes())
        entry = make_entry(data, histories)
        (output / file_name(entry.reference)).write_bytes(encode_entry(entry) + b"\n")
    tags = tag_table(json.loads((source / "tags.json").read_bytes()))
    (output / "tags.json").write_bytes(msgspec.json.encode(tags))
    cycles = cycle_table(json.loads((source / "eol.json").read_bytes()))
    END_OF_LIFE.write_text(lay_out_cycles(cycles))


def make_entry(data: dict[str, Any], histories: dict[str, dict[str, Any]]) -> Entry:
    """Turn one image into an entry with a row for each platform of which facts are known."""
    reference, aliases = references(data, histories)
    if reference == "scratch":
        return Entry(reference, (), (scratch(data["observed_at"]),))
    platforms = data["platforms"] or [{"platform": only_platform(data)}]
    rows = [make_row(reference, data, platform) for platform in platforms]
    return Entry(reference, aliases, tuple(rows))


def references(data: dict[str, Any], histories: dict[str, dict[str, Any]]) -> tuple[str, Any]:
    """Give the true reference and its aliases."""
    repository, _, tag = data["reference"].rpartition(":")
    history: History = histories.get(repository.removeprefix(HUB), {}).get("tags", {})
    if not repository.startswith(HUB) or not history:
        return data["reference"], ()
    versions = [data["runtime"]["version"]] if data["runtime"] else [data["os"]["version"]]
    image = Observed(tag, data.get("page_tag") or "", data["observed_at"], tuple(versions))
    tag, aliases = settle(image, history)
    return f"{repository}:{tag}", tuple(f"{repository}:{alias}" for alias in aliases)


def only_platform(data: dict[str, Any]) -> str | None:
    """Give the platform of facts that were read from a file for one architecture."""
    source = data["source"]
    of_one = "x86_64" in f"{source['path']} {source.get('note')}"
    return "linux/amd64" if of_one or data.get("config_digest_linux_amd64") else None


def scratch(day: str) -> BaseFacts:
    """Describe the reserved empty base: every measure is nought, not unknown."""
    return BaseFacts(
        name="scratch",
        reference="scratch",
        origin="catalog",
        depth="catalog",
        observed=day,
        source="by definition",
        compressed_size=0,
        disk_size=0,
        layers=(),
        distro=DistroRelease("scratch", "Scratch", evidence="no files"),
        libcs=(),
        shells=(),
        package_managers=(),
        runtimes=(),
        user="",
        entrypoint=(),
        command=(),
        environment=(),
        exposed_ports=(),
        labels=(),
        certificates="",
        time_zones="",
        packages=(),
    )


def make_row(reference: str, data: dict[str, Any], platform: dict[str, Any]) -> BaseFacts:
    """Turn the facts of one platform into a row.

    Sizes on disk and packages were read on amd64; other rows leave them unknown.
    """
    measured = platform["platform"] in ("linux/amd64", None)
    packages = read_packages(data) if measured else None
    listed = data.get("platforms_listed")
    distro = read_distro(reference, data)
    return BaseFacts(
        name=reference,
        reference=reference,
        origin="catalog",
        depth="catalog",
        observed=data["observed_at"],
        source=read_source(data),
        platform=platform["platform"],
        platforms=tuple(listed) if listed else None,
        index_digest=data["index_digest"],
        manifest_digest=platform.get("manifest_digest"),
        config_digest=platform.get("config_digest") or data.get("config_digest_linux_amd64"),
        created=platform.get("created"),
        compressed_size=platform.get("compressed_size"),
        disk_size=data["uncompressed_size"] if measured else None,
        disk_size_precision=(data.get("uncompressed_size_precision") or 1) if measured else 1,
        layers=read_layers(platform),
        distro=distro,
        libcs=read_libcs(data, packages),
        shells=("bin/sh",) if data["shell"] else (),
        package_managers=read_package_managers(data),
        runtimes=read_runtimes(reference, data),
        user=data.get("user"),
        entrypoint=optional(data.get("entrypoint")),
        command=optional(data.get("cmd")),
        working_directory=data.get("working_dir"),
        certificates=read_certificates(packages),
        time_zones=read_time_zones(packages),
        packages=packages,
        skipped=read_skipped(data) if measured else (),
    )


def read_source(data: dict[str, Any]) -> str:
    """Say where the facts were read, and where the packages, when that is another page."""
    text = source_text(data["source"])
    packages = data.get("packages_source")
    return f"{text}; packages: {source_text(packages)}" if packages else text


def read_skipped(data: dict[str, Any]) -> tuple[Skipped, ...]:
    """Note what belongs to another build of the same tag."""
    if data.get("packages_match_image") is not False:
        return ()
    made = data["packages_created"][:10]
    return (
        Skipped("packages and size on disk", f"from another build of the same tag, made {made}"),
    )


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
        eol_product=product,
        eol_cycle=cycle,
    )


def debian_point(data: dict[str, Any]) -> str:
    """Read the point release from base-files: `12.4+deb12u13` is of Debian 12.13."""
    if data.get("packages_match_image") is False:
        return ""
    for package in data["packages"] or []:
        base, _, update = package["version"].partition("+deb")
        if package["name"] == "base-files" and base and "u" in update:
            return update.replace("u", ".")
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
    """Name the program that installs packages."""
    program = data.get("package_manager_command") or data["package_manager"]
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


def lay_out_cycles(table: dict[str, Any]) -> str:
    """Write the end-of-life table with a line for each cycle."""
    products = []
    for key, product in table["products"].items():
        cycles = ",\n".join(
            f"   {json.dumps(cycle)}: {json.dumps(row)}" for cycle, row in product["cycles"].items()
        )
        title = json.dumps(product["title"])
        products.append(f' {json.dumps(key)}: {{"title": {title}, "cycles": {{\n{cycles}}}}}')
    head = [f'"{key}": {json.dumps(table[key])}' for key in ("schema", "observed", "source")]
    return "{\n" + ",\n".join([*head, '"products": {\n' + ",\n".join(products) + "\n}"]) + "\n}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
