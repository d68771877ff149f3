"""What the index says of an image: enough to list, to find and to recognise it by its layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.facts.entry import Entry
    from bedplate.model.base_facts import BaseFacts


@dataclass(frozen=True, slots=True)
class RowSummary:
    """One platform of an image.

    Args:
        platform: `os/architecture[/variant]`; None when the facts hold for any.
        index_digest, manifest_digest, config_digest: as published; None when not known.
        compressed_size, disk_size: bytes; None when not known.
        disk_size_precision: bytes; 1 = exact.
        layers: digests of the blobs, lowest first; empty when not known.
        diff_ids: digests of the uncompressed layers; empty unless all are known.
    """

    platform: str | None = None
    index_digest: str | None = None
    manifest_digest: str | None = None
    config_digest: str | None = None
    compressed_size: int | None = None
    disk_size: int | None = None
    disk_size_precision: int = 1
    layers: tuple[str, ...] = ()
    diff_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One image.

    Args:
        reference: canonical reference, or `scratch`.
        observed: ISO date on which the facts were true.
        aliases: references that stood for the same image then.
        os: the release for people; empty when not known.
        runtime, runtime_version, runtime_cycle: of the main runtime; empty if none.
        file: name of the document in the embedded catalog; empty in the user's own.
        rows: one per platform.
    """

    reference: str
    observed: str = ""
    aliases: tuple[str, ...] = ()
    os: str = ""
    runtime: str = ""
    runtime_version: str = ""
    runtime_cycle: str = ""
    file: str = ""
    rows: tuple[RowSummary, ...] = ()

    @property
    def repository(self) -> str:
        """The reference without tag and digest: `docker.io/library/node`."""
        name = self.reference.partition("@")[0]
        head, slash, last = name.rpartition("/")
        return f"{head}{slash}{last.partition(':')[0]}"


def summarise(entry: Entry, file: str = "") -> Summary:
    """Make the index's row of an entry."""
    first = entry.rows[0]
    runtime = first.runtimes[0] if first.runtimes else None
    return Summary(
        reference=entry.reference,
        observed=entry.observed,
        aliases=tuple(sorted(set(entry.aliases))),
        os=first.distro.title if first.distro else "",
        runtime=runtime.name if runtime else "",
        runtime_version=runtime.version if runtime else "",
        runtime_cycle=runtime.eol_cycle if runtime else "",
        file=file,
        rows=tuple(_summarise_row(row) for row in entry.rows),
    )


def _summarise_row(facts: BaseFacts) -> RowSummary:
    layers = facts.layers or ()
    digests = tuple(layer.digest for layer in layers if layer.digest)
    diff_ids = tuple(layer.diff_id for layer in layers if layer.diff_id)
    return RowSummary(
        platform=facts.platform,
        index_digest=facts.index_digest,
        manifest_digest=facts.manifest_digest,
        config_digest=facts.config_digest,
        compressed_size=facts.compressed_size,
        disk_size=facts.disk_size,
        disk_size_precision=facts.disk_size_precision,
        layers=digests if len(digests) == len(layers) else (),
        diff_ids=diff_ids if len(diff_ids) == len(layers) else (),
    )
