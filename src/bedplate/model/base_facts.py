"""What is known about one base image for one platform: the row of every comparison."""

from __future__ import annotations

from dataclasses import dataclass

from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime
from bedplate.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Libc:
    """A C library: `glibc` or `musl`, its version (empty when not known), what shows it."""

    name: str
    version: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """One layer.

    Args:
        digest: digest of the blob; None when the source has none (docker-archive, folder).
        diff_id: digest of the uncompressed tar; None when not known.
        compressed_size: bytes of the blob; None when not known.
        media_type: of the blob.
        created_by: the history line that made it, or empty.
        disk_size: bytes of the regular files in it; None until the layer was read.
    """

    digest: str | None
    diff_id: str | None = None
    compressed_size: int | None = None
    media_type: str = ""
    created_by: str = ""
    disk_size: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the bytes, in the words that a person thinks in.

    Args:
        key: `os`, `runtime`, `package-manager`, `build-tools`, `documentation`,
            `libraries` (language packages), `other`, `hidden` (overwritten or deleted by a
            later layer, still stored).
        label: for people: `Alpine Linux 3.24`, `Node.js 24.1.0`, `npm 11.3.0`.
        disk_size: bytes on disk; None when unknown.
        files: how many regular files; None when unknown.
    """

    key: str
    label: str
    disk_size: int | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """When support ends.

    Args:
        product: key in the end-of-life table: `debian`, `nodejs`.
        title: for people: `Node.js 20`.
        cycle: release cycle: `12`, `20`.
        date: ISO date of the last day of (free, standard) support; empty when the source
            only says yes or no.
        ended: whether it is over on the day of the report; None when not known.
        lts: whether the cycle is a long-term one; None when not known.
        extended: ISO date until which somebody (LTS team, paid) still patches it; or empty.
    """

    product: str
    title: str
    cycle: str
    date: str = ""
    ended: bool | None = None
    lts: bool | None = None
    extended: str = ""


@dataclass(frozen=True, slots=True)
class BaseMatch:
    """An image on which this image stands.

    Args:
        reference: name of the base image.
        digest: its digest as far as known, or empty.
        confidence: `certain` (a layer chain by digest), `stated` (the builder wrote it
            down), `likely` (a chain that several images share).
        evidence: what shows it: annotation, provenance, number of shared layers.
        layers: how many of the lowest layers are the base's; None when not known.
    """

    reference: str
    digest: str = ""
    confidence: str = "certain"
    evidence: str = ""
    layers: int | None = None


@dataclass(frozen=True, slots=True)
class BaseFacts:
    """Everything bedplate says about an image; `None` always means "not known".

    Args:
        name: as the user wrote it, or the canonical reference in the catalog.
        reference: canonical reference with tag or digest; None for local sources.
        origin: `registry`, `cache`, `catalog`, or the name of the local source.
        depth: `manifest` (sizes, layers, platforms, config), `layers` (everything), `sbom`
            (packages as an SBOM lists them), or
            `catalog` (what the catalog holds).
        observed: ISO date on which the facts were true.
        source: where they come from: registry host, path, or the catalog's own source.
        platform: `os/architecture[/variant]` of this row.
        platforms: all platforms that the image is offered for.
        index_digest, manifest_digest, config_digest: as served.
        media_type: of the manifest.
        created: ISO time from the config.
        compressed_size: sum of the layer blobs, bytes.
        disk_size: sum of regular files over all layers, bytes: what a host stores.
        disk_size_precision: bytes; 1 = exact, larger = the source rounded.
        layers: lowest first.
        libcs: empty tuple = there is none.
        shells: paths of shells that exist; empty = there is none.
        package_managers: programs that can install packages here; empty = none.
        user: `""` = not set, so root.
        certificates, time_zones: path of the bundle or folder; `""` = there is none.
        parts: shares of `disk_size`; their sizes add up to it.
        end_of_life: of the release and the runtimes.
        bases: the chain of bases, nearest first; empty = none known to us.
        skipped: what could not be read.
    """

    name: str
    reference: str | None = None
    origin: str = ""
    depth: str = "layers"
    observed: str = ""
    source: str = ""
    platform: str | None = None
    platforms: tuple[str, ...] | None = None
    index_digest: str | None = None
    manifest_digest: str | None = None
    config_digest: str | None = None
    media_type: str | None = None
    created: str | None = None
    compressed_size: int | None = None
    disk_size: int | None = None
    disk_size_precision: int = 1
    layers: tuple[LayerFacts, ...] | None = None
    distro: DistroRelease | None = None
    libcs: tuple[Libc, ...] | None = None
    shells: tuple[str, ...] | None = None
    package_managers: tuple[str, ...] | None = None
    runtimes: tuple[Runtime, ...] | None = None
    user: str | None = None
    entrypoint: tuple[str, ...] | None = None
    command: tuple[str, ...] | None = None
    environment: tuple[str, ...] | None = None
    working_directory: str | None = None
    exposed_ports: tuple[str, ...] | None = None
    labels: tuple[tuple[str, str], ...] | None = None
    certificates: str | None = None
    time_zones: str | None = None
    parts: tuple[Part, ...] | None = None
    packages: tuple[Package, ...] | None = None
    end_of_life: tuple[EndOfLife, ...] | None = None
    bases: tuple[BaseMatch, ...] = ()
    skipped: tuple[Skipped, ...] = ()
