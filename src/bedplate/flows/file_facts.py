"""Lint files by what is known of the images that they name, comments that hide rules respected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile import parse
from bedplate.errors import BadInput
from bedplate.flows.lint_facts import facts_violations
from bedplate.flows.package_facts import absent_packages
from bedplate.linting.linted_file import LintedFile
from bedplate.linting.settings import LintSettings
from bedplate.linting.suppressions import Suppressions
from bedplate.model.image_use import ImageUse
from bedplate.model.skipped import Skipped
from bedplate.repofiles import images

if TYPE_CHECKING:
    from collections.abc import Mapping

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
) -> tuple[list[Violation], list[Skipped]]:
    """Find what is wrong with the images that files name.

    Args:
        texts: files of any kind that names images, by path.
        session: registry, catalog, day.
        config: which rules the user selected or left out.
        settings: platforms, months and days that the user decided on.
        packages: where package indexes are; None to look no package names up.

    Returns:
        violations by path and line; what could not be read, resolved or found out.
    """
    config = config or LintSettings()
    uses: list[tuple[str, ImageUse]] = []
    skipped: list[Skipped] = []
    for path, text in texts.items():
        try:
            found = images(path, text)
        except BadInput as error:
            skipped.append(Skipped(path, error.message))
            continue
        for use in found:
            if isinstance(use, ImageUse):
                uses.append((path, use))
            else:
                skipped.append(Skipped(f"{path}: {use.what}", use.reason))
    absent, without_index = absent_packages(texts, uses, session, config, packages)
    skipped += without_index
    results = facts_violations(uses, session, config, settings, absent)
    skipped += [one for one in results if isinstance(one, Skipped)]
    violations = [one for one in results if not isinstance(one, Skipped)]
    dockerfiles = {path for path, use in uses if use.kind == "dockerfile"}
    filters = {
        path: _Comments(texts[path], config)
        for path in dict.fromkeys(one.path for one in violations)
        if path in dockerfiles
    }
    return [v for v in violations if v.path not in filters or not filters[v.path].hide(v)], skipped


class _Comments:
    """What the comments of a Dockerfile hide.

    Args:
        text: of the file.
        config: what the settings hide.
    """

    def __init__(self, text: str, config: LintSettings) -> None:
        file = LintedFile(parse(text), text, config)  # `images` has parsed it before
        self._suppressions = Suppressions(file)
        self._lines = sorted({step.line for step in file.steps})

    def hide(self, violation: Violation) -> bool:
        """Tell whether a comment above the instruction, or for the file, names the rule."""
        # an image of `RUN --mount` may stand on a later line of its instruction
        line = max((one for one in self._lines if one <= violation.line), default=violation.line)
        hidden = self._suppressions
        return hidden.is_off(violation.rule) or hidden.hides(violation.rule, (), line)
