"""The shipped data: the images that people ask for first are right, and nothing is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.facts.codec import MAX_DOCUMENT
from bedplate.facts.end_of_life import load_table
from bedplate.facts.snapshot import DATA, Snapshot
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from bedplate.facts.catalog import Catalog
    from bedplate.model.base_facts import BaseFacts

AMD64 = Platform("linux", "amd64")


def find(catalog: Catalog, name: str) -> BaseFacts:
    facts = catalog.find(Reference.parse(name), AMD64)
    assert facts is not None, name
    return facts


@pytest.mark.parametrize(
    ("name", "compressed", "disk", "words"),
    [
        ("node:20", 398_333_882, 1_100_000_000, "8 413 Debian GNU/Linux 12 glibc 2.36"),
        ("node:20-slim", 71_374_710, 199_820_000, "5 88 Debian GNU/Linux 12 glibc 2.36"),
        ("node:20-alpine", 48_356_157, 135_670_000, "4 18 Alpine Linux 3.23.4 musl 1.2.5"),
    ],
)
def test_node_20_on_three_bases(
    embedded: Catalog, name: str, compressed: int, disk: int, words: str
) -> None:
    facts = find(embedded, name)
    assert (facts.compressed_size, facts.disk_size) == (compressed, disk)
    assert facts.disk_size_precision > 1
    assert facts.layers
    assert facts.packages
    assert facts.distro
    assert facts.libcs
    assert sum(layer.compressed_size or 0 for layer in facts.layers) == compressed
    found = (len(facts.layers), len(facts.packages), facts.distro.title)
    libc = facts.libcs[0]
    assert " ".join(map(str, (*found, libc.name, libc.version))) == words
    assert facts.shells == ("bin/sh",)
    runtime = (facts.runtimes or ())[0]
    assert (runtime.title, runtime.version, runtime.eol_cycle) == ("Node.js", "20.20.2", "20")
    tools = [(tool.name, tool.version) for tool in runtime.bundled]
    assert tools == [("npm", ""), ("yarn", "1.22.22")]
    assert [note.what for note in facts.skipped] == ["packages and size on disk"]


def test_a_distroless_image_has_no_shell_and_unknown_sizes(embedded: Catalog) -> None:
    facts = find(embedded, "gcr.io/distroless/nodejs20-debian12")
    assert facts.distro is not None
    assert (facts.distro.id, facts.distro.base_id) == ("distroless", "debian")
    assert facts.distro.title == "Distroless (Debian) 12.13"
    assert (facts.shells, facts.package_managers) == ((), ())
    assert (facts.compressed_size, facts.disk_size, facts.layers) == (None, None, None)
    assert facts.index_digest is None
    assert facts.entrypoint == ("/nodejs/bin/node",)
    assert facts.certificates == "etc/ssl/certs/ca-certificates.crt"
    assert [(r.name, r.bundled) for r in facts.runtimes or ()] == [("node", ())]
    assert len(facts.packages or ()) == 11
    assert facts.skipped


def test_scratch_is_empty_not_unknown(embedded: Catalog) -> None:
    facts = find(embedded, "scratch")
    assert (facts.name, facts.reference) == ("scratch", "scratch")
    assert (facts.compressed_size, facts.disk_size, facts.layers) == (0, 0, ())
    assert (facts.packages, facts.shells, facts.libcs, facts.certificates) == ((), (), (), "")


def test_sizes_are_unknown_where_the_source_had_none(embedded: Catalog) -> None:
    facts = find(embedded, "debian:bookworm")
    assert facts.compressed_size == 48_497_091
    assert facts.disk_size is None
    assert facts.packages is None


def test_packages_of_one_architecture_are_not_told_of_another(embedded: Catalog) -> None:
    facts = embedded.find(Reference.parse("alpine:3.24"), Platform("linux", "arm64"))
    assert facts is not None
    assert facts.platform == "linux/arm64/v8"
    assert facts.compressed_size
    assert facts.packages is None
    assert facts.disk_size is None


def test_a_tag_that_named_another_image_is_not_answered(embedded: Catalog) -> None:
    # The source calls it node:24, which stood for the bookworm image on that day.
    assert embedded.find(Reference.parse("node:24")) is None
    trixie = find(embedded, "node:24-trixie")
    assert trixie.distro is not None
    assert trixie.distro.codename == "trixie"


@pytest.mark.parametrize(
    ("alias", "reference"),
    [
        ("node:20.20.2-alpine3.23", "node:20-alpine"),
        ("node:iron", "node:20"),
        ("node:lts-alpine", "node:24-alpine"),
        ("alpine", "alpine:3.24"),
        ("docker.io/library/debian:12", "debian:bookworm"),
        ("golang:1.26", "golang:1.26-trixie"),
    ],
)
def test_tags_of_the_same_image_are_found(embedded: Catalog, alias: str, reference: str) -> None:
    assert find(embedded, alias).reference == str(Reference.parse(reference))


@pytest.mark.parametrize("gone", ["debian:latest", "alpine:3.20", "debian:bookworm-20260713"])
def test_tags_that_moved_on_are_not_answered_with_the_old_image(
    embedded: Catalog, gone: str
) -> None:
    assert embedded.find(Reference.parse(gone)) is None


def test_every_entry_is_complete_and_consistent(embedded: Catalog) -> None:
    snapshot = Snapshot()
    products = load_table().products
    for summary in snapshot.summaries:
        entry = snapshot.entry(summary)
        assert entry.reference == summary.reference
        for row, short in zip(entry.rows, summary.rows, strict=True):
            assert row.observed, row.name
            assert row.source, row.name
            assert row.origin == "catalog"
            assert (row.platform, row.manifest_digest) == (short.platform, short.manifest_digest)
            sizes = [layer.compressed_size for layer in row.layers or ()]
            if sizes:
                assert sum(size or 0 for size in sizes) == row.compressed_size, row.name
            subjects = [row.distro, *(row.runtimes or ())]
            for subject in subjects:
                if subject is not None and subject.eol_cycle:
                    cycles = products[subject.eol_product].cycles
                    assert subject.eol_cycle in cycles, (row.name, subject)


def test_tags_of_the_most_used_repositories(embedded: Catalog) -> None:
    found = embedded.tags("docker.io/library/node")
    assert found is not None
    assert found.observed == "2026-08-21"
    assert {"22-alpine", "24-bookworm-slim", "latest"} <= set(found.tags)
    assert len(found.tags) == len(set(found.tags)) >= 155
    assert {"20-slim", "20.20.2-alpine3.23"} <= set(found.tags)  # not published any more, but held
    group = found.group_of("22-slim")
    assert group is not None
    assert "22-bookworm-slim" in group.tags
    assert "linux/arm64/v8" in group.platforms
    assert found.group_of("0.10") is None
    assert embedded.tags("docker.io/library/no-such") is None


def test_the_data_is_small() -> None:
    files = [path for path in DATA.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 1_500_000
    assert max(path.stat().st_size for path in files) < MAX_DOCUMENT
    assert {path.stat().st_mode & 0o777 for path in files} == {0o644}
