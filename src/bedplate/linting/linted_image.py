"""One image of one file as facts rules look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import InvalidPlatform
from bedplate.model.edit import Edit, Fix
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from datetime import date

    from bedplate.linting.evidence import Evidence
    from bedplate.linting.fact_settings import FactSettings
    from bedplate.linting.package_absence import AbsentPackage
    from bedplate.model.digest import Digest
    from bedplate.model.image_use import ImageUse


@dataclass(frozen=True, slots=True)
class LintedImage:
    """What facts rules are given.

    Args:
        use: the place that names the image.
        evidence: what is known of the image.
        today: the day that dates are held against.
        settings: what the user decided.
        absent_packages: what the stages on it install, and its release does not have.
    """

    use: ImageUse
    evidence: Evidence
    today: date
    settings: FactSettings
    absent_packages: tuple[AbsentPackage, ...] = ()

    @property
    def name(self) -> str:
        """The image as people write it, without its digest."""
        reference = self.evidence.reference
        return f"{reference.familiar_name}:{reference.tag}" if reference.tag else self.use.name

    @property
    def is_base(self) -> bool:
        """Whether what runs in the end is this image, or stands on it."""
        return self.use.final and self.use.role not in ("syntax", "onbuild", "feature")

    @property
    def wanted(self) -> tuple[Platform, ...]:
        """Platforms that the image is wanted for: of this place, else of the settings."""
        if not self.use.platform:
            return self.settings.platforms
        try:
            return (Platform.parse(self.use.platform),)
        except InvalidPlatform:  # a variable that only the builder knows
            return ()

    def repinned(self, digest: Digest | None, *, safe: bool) -> Fix | None:
        """Put another digest in the place of the one in the file.

        Args:
            digest: the new one; None when none is known.
            safe: whether the same image is built with it.

        Returns:
            None too when the digest does not stand in one place of the file.
        """
        span = self.use.digest_span
        if span is None or digest is None:
            return None
        return Fix((Edit(span, str(digest)),), safe=safe)
