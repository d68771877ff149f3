"""Lint files by what is known of the images that they name, comments that hide rules respected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.flows.lint_facts import facts_violations
from bedplate.flows.named_images import named_images
from bedplate.flows.package_facts import absent_packages
from bedplate.linting.comment_filter import without_hidden
from bedplate.linting.settings import LintSettings
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.flows.named_images import ImagePlaces
    from bedplate.flows.session import Session
    from bedplate.linting.fact_settings import FactSettings
    from bedplate.linting.package_settings import PackageSettings
    from bedplate.model.violation import Violation


def file_facts(
    texts: Mapping[str, str],
    session: Session,
    config: LintSettings | None = None,
    settings: FactSettings | None = None,
    packages: PackageSettings | None = None,
    named: ImagePlaces | None = None,
) -> tuple[list[Violation], list[Skipped]]:
    """Find what is wrong with the images that files name.

    Args:
        texts: files of any kind that names images, by path.
        session: registry, catalog, day.
        config: which rules the user selected or left out.
        settings: platforms, months and days that the user decided on.
        packages: where package indexes are; None to look no package names up.
        named: the images, when they were read before.

    Returns:
        violations by path and line; what could not be read, resolved or found out.
    """
    config = config or LintSettings()
    named = named or named_images(texts)
    skipped = list(named.skipped)
    absent, without_index = absent_packages(texts, named.places, session, config, packages)
    skipped += without_index
    results = facts_violations(named.places, session, config, settings, absent)
    skipped += [one for one in results if isinstance(one, Skipped)]
    violations = [one for one in results if not isinstance(one, Skipped)]
    return without_hidden(violations, texts, config), skipped
