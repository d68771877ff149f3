"""A distribution and its release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DistroRelease:
    """What a root file system says it is.

    Args:
        id: os-release ID (`debian`, `alpine`, ...), or `distroless`, `busybox`, `scratch`.
        name: for people: `Debian GNU/Linux`, `Alpine Linux`, `Distroless (Debian)`.
        version: release as precise as known: `12.11`, `3.24.2`, `9.8`; empty if none.
        codename: `bookworm`, `noble`; empty if none.
        base_id: the distribution whose packages it holds (`debian` for distroless).
        eol_product: key in the end-of-life table; empty if none.
        eol_cycle: cycle in that table: `12`, `3.24`; empty if none.
        evidence: the file or absence that shows it.
    """

    id: str
    name: str
    version: str = ""
    codename: str = ""
    base_id: str = ""
    eol_product: str = ""
    eol_cycle: str = ""
    evidence: str = ""

    @property
    def title(self) -> str:
        """Name and version for people."""
        return f"{self.name} {self.version}".strip()
