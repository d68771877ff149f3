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
from seed_facts import (
    optional,
    read_certificates,
    read_distro,
    read_layers,
    read_libcs,
    read_package_managers,
    read_packages,
    read_runtimes,
    read_time_zones,
)
from seed_tables import cycle_table, lay_out_cycles, source_text, tag_table

from bedplate.facts.build_snapshot import file_name
from bedplate.facts.entry import Entry, encode_entry
from bedplate.model.base_facts import BaseFacts
from bedplate.model.distro_release import DistroRelease
from bedplate.model.skipped import Skipped

HUB = "docker.io/library/"
END_OF_LIFE = Path(__file__).parents[1] / "src/bedplate/facts/end_of_life.json"


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
        distro=DistroRelease("scratch", "scratch", evidence="no files"),
        libcs=(),
        shells=(),
        package_managers=(),
        runtimes=(),
        user="",
        entrypoint=(),
        command=(),
        environment=(),
        working_directory="",
        exposed_ports=(),
        labels=(),
        certificates="",
        time_zones="",
        packages=(),
        parts=(),
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
    """Note what was not read from the image, or belongs to another build of the same tag."""
    if not data["platforms"]:
        return (Skipped("digests and layers", "the facts come from the files of the build"),)
    if data.get("packages_match_image") is False:
        made = data["packages_created"][:10]
        reason = f"not of this build: shown are those of another one of the tag, made {made}"
        return (Skipped("packages and size on disk", reason),)
    return ()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
