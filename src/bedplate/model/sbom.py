"""What a software bill of materials says of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime
    from bedplate.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Sbom:
    """The content of an SBOM in any format.

    Args:
        format: NAME of the format that it is in.
        packages: what it names, in its order.
        distro: the distribution; None when it names none.
        runtimes: language runtimes that no package manager installed.
        name: of the image that it is about; empty when not told.
        digest: of that image, `sha256:...`; empty when not told.
        tool: who wrote it: `syft 1.18.1`; empty when not told.
        created: ISO time; empty when not told.
        skipped: components that could not be understood.
    """

    format: str
    packages: tuple[Package, ...]
    distro: DistroRelease | None = None
    runtimes: tuple[Runtime, ...] = ()
    name: str = ""
    digest: str = ""
    tool: str = ""
    created: str = ""
    skipped: tuple[Skipped, ...] = ()
