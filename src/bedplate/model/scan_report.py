"""The report of a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.finding import Finding
    from bedplate.model.skipped import Skipped
    from bedplate.model.store_manifest import StoreManifest


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in one image on one platform.

    Args:
        facts: the image; its `packages` are what was matched.
        findings: what counts, gravest first.
        suppressed: what does not count, each with its `suppression`.
        stores: the advisories that were asked.
        unmatched: ecosystems or packages for which there was no store, or no comparison.
        inventory: where the packages come from: `layers`, `attestation`, `sbom`, `catalog`.
        warnings: one line each: end of life, old advisories, nothing recognised, ...
        skipped: what could not be read.
        dockerfile: path of the file in which `Finding.line` counts; empty when not known.
        stage: build stage of that file which stands on this image or copies from it; empty
            for an image that was asked for.
    """

    facts: BaseFacts
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    stores: tuple[StoreManifest, ...] = ()
    unmatched: tuple[Skipped, ...] = ()
    inventory: str = "layers"
    warnings: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    dockerfile: str = ""
    stage: str = ""

    @property
    def advisories(self) -> tuple[StoreManifest, ...]:
        """Of `stores` those that say what is vulnerable; the others say how grave that is."""
        return tuple(store for store in self.stores if store.namespaces)

    @property
    def examined(self) -> bool:
        """Whether anything was recognised and held against advisories: else it is unknown."""
        recognised = self.facts.packages or self.facts.runtimes
        return bool(recognised) and bool(self.advisories)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of the gate.

    Args:
        failed: whether a gate says no.
        reasons: one line for each gate that does, naming what it found.
    """

    failed: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanReport:
    """All scans of one run.

    Args:
        scans: one for each image and platform.
        verdict: of the gates that were asked for.
        reading: whose rating counts: `vendor` or `cvss`.
        today: ISO date of the run, for the age of advisories; empty leaves the age out.
    """

    scans: tuple[Scan, ...]
    verdict: Verdict
    reading: str = "vendor"
    today: str = ""
